package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

class ConnectDataSourceTest {
  @TempDir Path directory;

  private static ConnectTarget target(String driver, String connect) {
    return ConnectTarget.of(
        SqlDriver.ofConfigName(driver).orElseThrow(), ConnectSettings.parse(connect));
  }

  @ParameterizedTest
  @CsvSource({"MYSQL,MARIADB", "PGSQL,POSTGRESQL"})
  void connectsToAServer(SqlDriver driver, TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    String connect =
        "host=%s port=%d dbname=%s user=%s password=%s"
            .formatted(
                database.host(),
                database.port(),
                database.name(),
                database.user(),
                database.password());

    ConnectDataSource source = ConnectDataSource.create(driver, ConnectSettings.parse(connect));

    try (Connection connection = source.getConnection()) {
      assertThat(connection.isValid(5)).isTrue();
    }
    assertThat(source.toString())
        .contains(database.name())
        .doesNotContain("password", "secret-of-the-test");
  }

  @Test
  void connectsToAFile() throws Exception {
    Path file = directory.resolve("dict.db");

    try (Connection connection =
        ConnectDataSource.create(SqlDriver.SQLITE, ConnectSettings.parse(file.toString()))
            .getConnection()) {
      assertThat(connection.isValid(5)).isTrue();
    }
    assertThat(file).exists();
  }

  @Test
  void namesSeveralHostsForFailOver() {
    assertThat(target("mysql", "host=db1 host=db2 port=3307 dbname=vmail").url())
        .isEqualTo("jdbc:mariadb:sequential://db1:3307,db2:3307/vmail");
    assertThat(target("pgsql", "host=db1 host=::1 dbname=vmail").url())
        .isEqualTo("jdbc:postgresql://db1:5432,[::1]:5432/vmail");
  }

  @Test
  void speaksToMariaDbThroughASocket() {
    ConnectTarget target = target("mysql", "host=/run/mysqld/mysqld.sock dbname=vmail user=u");

    assertThat(target.url()).isEqualTo("jdbc:mariadb://localhost/vmail");
    assertThat(target.properties()).containsEntry("localSocket", "/run/mysqld/mysqld.sock");
  }

  @Test
  void usesNoTlsUnlessAskedFor() {
    assertThat(target("mysql", "host=db").properties())
        .containsEntry("sslMode", "disable")
        .containsEntry("connectTimeout", "5000");
    assertThat(target("mysql", "host=db ssl_ca=/etc/ca.pem").properties())
        .containsEntry("sslMode", "verify-ca")
        .containsEntry("serverSslCert", "/etc/ca.pem");
    assertThat(
            target("mysql", "host=db ssl_verify_server_cert=yes ssl_ca=/etc/ca.pem").properties())
        .containsEntry("sslMode", "verify-full");
  }

  @Test
  void takesTheKeyOfAMySqlServerOnThisMachineAlone() {
    String key = "allowPublicKeyRetrieval";
    assertThat(target("mysql", "host=127.0.0.1").properties()).containsEntry(key, "true");
    assertThat(target("mysql", "dbname=vmail").properties()).containsEntry(key, "true");
    assertThat(target("mysql", "host=db").properties()).doesNotContainKey(key);
    assertThat(target("mysql", "host=127.0.0.1 host=db").properties()).doesNotContainKey(key);
  }

  @Test
  void translatesTimeOuts() {
    assertThat(
            target("mysql", "host=db connect_timeout=3 read_timeout=7 write_timeout=4")
                .properties())
        .containsEntry("connectTimeout", "3000")
        .containsEntry("socketTimeout", "7000");
    assertThat(target("pgsql", "host=db connect_timeout=3 sslmode=require").properties())
        .containsEntry("connectTimeout", "3")
        .containsEntry("sslmode", "require");
  }

  @ParameterizedTest
  @CsvSource({
    "mysql,host=db colour=red,colour",
    "mysql,host=db ssl_cert=/x,ssl_cert",
    "mysql,host=db port=x,port",
    "mysql,host=db?x,host",
    "mysql,dbname=a?password=b,dbname",
    "mysql,host=/a host=b,socket",
    "pgsql,host=/run/postgresql,Unix sockets",
    "pgsql,host=db service=x,service",
    "sqlite,journal_mode=WAL,path",
  })
  void saysWhatItCannotUse(String driver, String connect, String expected) {
    assertThatThrownBy(() -> target(driver, connect))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(expected);
  }
}
