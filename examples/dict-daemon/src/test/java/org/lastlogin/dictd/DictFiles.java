package org.lastlogin.dictd;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Objects;
import org.lastlogin.config.DictConfig;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.map.DictMaps;

/** Map files for tests, and the tables that belong to them. */
final class DictFiles {
  private DictFiles() {}

  /** Writes a configuration that other users cannot read, because it has a password. */
  static Path write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
  }

  /** Writes the tutorial's maps for a database to a file, with a connect line. */
  static Path write(Path directory, TestDatabase database) throws IOException {
    return write(directory.resolve("dovecot-last-login.conf"), tutorialMaps(connect(database)));
  }

  /** Writes the tutorial's maps, followed by those of extra-maps.conf, to a file. */
  static Path writeAll(Path directory, TestDatabase database) throws IOException {
    String text = tutorialMaps(connect(database)) + "\n" + resource("extra-maps.conf");
    return write(directory.resolve("all-maps.conf"), text);
  }

  /** Returns the maps of extra-maps.conf: those that the contract of dicts needs, and more. */
  static DictMaps extraMaps() throws IOException {
    return DictConfig.parse(resource("extra-maps.conf"), "extra-maps.conf").maps();
  }

  /** Creates the tables of all these maps in a MariaDB. */
  static void createTables(TestDatabase database) throws IOException, SQLException {
    String sql = resource("tutorial-mysql.sql") + resource("extra-maps-mysql.sql");
    database.execute(sql.strip().split(";"));
  }

  /** Returns the value of {@code --dict} for a file. */
  static String option(TestDatabase database, Path file) {
    return "lastlogin=" + driver(database) + ":" + file;
  }

  /** Returns the driver's name in Dovecot's dict block. */
  static String driver(TestDatabase database) {
    return switch (database.kind()) {
      case MARIADB, HOST_MARIADB, MYSQL -> "mysql";
      case POSTGRESQL -> "pgsql";
      case SQLITE -> "sqlite";
    };
  }

  /** Returns the value of {@code connect} for a database. */
  static String connect(TestDatabase database) {
    if (database.host().isEmpty()) {
      return database.name();
    }
    return "host=%s port=%d dbname=%s user=%s password=%s"
        .formatted(
            database.host(),
            database.port(),
            database.name(),
            database.user(),
            database.password());
  }

  /** Returns the tutorial's maps with another connect line. */
  static String tutorialMaps(String connect) throws IOException {
    return resource("default.conf").replaceFirst("(?m)^connect = .*$", "connect = " + connect);
  }

  /** Returns the text of a resource of this package. */
  static String resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(DictFiles.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
