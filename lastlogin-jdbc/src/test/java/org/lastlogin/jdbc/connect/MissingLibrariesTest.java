package org.lastlogin.jdbc.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done, or said, where drivers and their libraries are not on the class path. */
class MissingLibrariesTest {

  /** Makes a data source with a class path that lacks what has one of some words in its name. */
  private static String connect(String missing, String driver, String setting) throws Exception {
    List<URL> urls = new ArrayList<>();
    Pattern left = Pattern.compile(missing);
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!left.matcher(Path.of(entry).getFileName().toString()).find()) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> settings = loader.loadClass("org.lastlogin.config.ConnectSettings");
      Class<?> drivers = loader.loadClass("org.lastlogin.config.SqlDriver");
      return loader
          .loadClass("org.lastlogin.jdbc.connect.ConnectDataSource")
          .getMethod("create", drivers, settings)
          .invoke(
              null,
              drivers.getMethod("valueOf", String.class).invoke(null, driver),
              settings.getMethod("parse", String.class).invoke(null, setting))
          .toString();
    }
  }

  @Test
  void takesMySqlsDriverWhereMariaDbsIsMissing() throws Exception {
    assertThat(connect("nothing", "MYSQL", "host=db dbname=d"))
        .isEqualTo("jdbc:mariadb://db:3306/d");
    assertThat(connect("mariadb-java-client", "MYSQL", "host=db dbname=d"))
        .isEqualTo("jdbc:mysql://db:3306/d");
  }

  @ParameterizedTest
  @CsvSource({
    "mariadb-java-client|mysql-connector,MYSQL,host=db,org.mariadb.jdbc:mariadb-java-client",
    "postgresql-4,PGSQL,host=db,org.postgresql:postgresql",
    "sqlite-jdbc,SQLITE,/a.db,org.xerial:sqlite-jdbc",
    "jna,MYSQL,host=/run/mysqld.sock,net.java.dev.jna:jna",
    "mariadb-java|junixsocket,MYSQL,host=/s,com.kohlschutter.junixsocket:junixsocket-mysql",
    "junixsocket,PGSQL,host=/run/postgresql,com.kohlschutter.junixsocket:junixsocket-core",
  })
  void saysWhatToAdd(String missing, String driver, String setting, String artifact) {
    assertThatThrownBy(() -> connect(missing, driver, setting))
        .cause()
        .hasMessageContaining("add the artifact ")
        .hasMessageContaining(artifact);
  }

  @Test
  void saysThatTheDriverDoesNotSeeTheLibrary() {
    CheckedGreeting.requireVisibleTo(CheckedGreeting.class.getClassLoader());

    assertThatThrownBy(() -> CheckedGreeting.requireVisibleTo(ClassLoader.getPlatformClassLoader()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("its class loader does not find it");
  }
}
