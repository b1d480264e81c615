package org.lastlogin.jdbc.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.Maps;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.sql.SqlDialect;
import org.lastlogin.jdbc.testing.FaultyLink;
import org.lastlogin.jdbc.testing.LinkFault;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** Connects to real databases with every driver. */
class ConnectDataSourceTest {
  /** A local port without a listener, so that a connection is refused at once. */
  private static final String NOBODY = "1";

  @TempDir Path directory;

  private static TestDatabase database(JdbcDriver driver) {
    return (driver == JdbcDriver.POSTGRESQL ? TestDatabases.POSTGRESQL : TestDatabases.MARIADB)
        .create();
  }

  private static Map<String, String> server(TestDatabase database, String host, String port) {
    return Map.of(
        "host", host,
        "port", port,
        "dbname", database.name(),
        "user", database.user(),
        "password", database.password());
  }

  private static Map<String, String> server(TestDatabase database) {
    return server(database, database.host(), Integer.toString(database.port()));
  }

  private static String query(ConnectDataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(row.getMetaData().getColumnCount());
    }
  }

  @ParameterizedTest
  @EnumSource(names = "SQLITE", mode = EnumSource.Mode.EXCLUDE)
  void connectsToAServer(JdbcDriver driver) throws Exception {
    TestDatabase database = database(driver);
    ConnectDataSource source =
        ConnectDataSource.create(driver, ConnectSettings.of(List.of(server(database))));

    try (Connection connection = source.getConnection()) {
      assertThat(connection.isValid(5)).isTrue();
      assertThat(SqlDialect.of(connection.getMetaData()))
          .isEqualTo(driver == JdbcDriver.POSTGRESQL ? SqlDialect.POSTGRESQL : SqlDialect.MARIADB);
    }
    assertThat(source.toString())
        .contains(database.name())
        .doesNotContain("user", "secret-of-the-test");
  }

  @ParameterizedTest
  @EnumSource(names = "SQLITE", mode = EnumSource.Mode.EXCLUDE)
  void connectsThroughAUnixSocketBehindAServerThatIsDown(JdbcDriver driver) throws Exception {
    TestDatabase database = database(driver);
    assumeFalse(database.socket().isEmpty(), "the server runs in a container");
    ConnectDataSource source =
        ConnectDataSource.create(
            driver,
            ConnectSettings.of(
                List.of(
                    server(database, "127.0.0.1", NOBODY),
                    server(database, database.socket(), Integer.toString(database.port())))));

    try (Connection connection = source.getConnection()) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "SQLITE", mode = EnumSource.Mode.EXCLUDE)
  void goesOnToTheNextServer(JdbcDriver driver) throws Exception {
    TestDatabase database = database(driver);
    ConnectDataSource alike =
        ConnectDataSource.create(
            driver,
            ConnectSettings.of(List.of(server(database, "127.0.0.1", NOBODY), server(database))));
    ConnectDataSource different =
        ConnectDataSource.create(
            driver,
            ConnectSettings.of(
                List.of(
                    Map.of("host", "127.0.0.1", "port", NOBODY, "user", "another"),
                    server(database))));

    for (ConnectDataSource source : List.of(alike, different)) {
      try (Connection connection = source.getConnection()) {
        assertThat(connection.isValid(5)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"MARIADB,0", "MARIADB,100", "MYSQL,0", "MYSQL,100", "POSTGRESQL,0", "POSTGRESQL,100"})
  void goesOnBehindAServerThatFallsSilent(JdbcDriver driver, int bytes) throws Exception {
    TestDatabase database = database(driver);
    try (FaultyLink link = FaultyLink.to(database)) {
      link.plan(
          new LinkFault(LinkFault.Point.AFTER_BYTES_FROM_SERVER, bytes, LinkFault.Action.STALL));
      Map<String, String> first = new HashMap<>(server(link.database()));
      first.put("connect_timeout", "1");
      ConnectDataSource source =
          ConnectDataSource.create(driver, ConnectSettings.of(List.of(first, server(database))));

      try (Connection connection =
          assertTimeoutPreemptively(Duration.ofSeconds(10), () -> source.getConnection())) {
        assertThat(connection.isValid(5)).isTrue();
        assertThat(connection.getNetworkTimeout()).isZero();
      }
      assertThat(link.left()).isZero();
    }
  }

  @Test
  void tellsWhyEachServerFailed() {
    ConnectDataSource source =
        ConnectDataSource.create(
            JdbcDriver.MYSQL,
            ConnectSettings.parse("host=127.0.0.1 host=localhost user=u port=" + NOBODY));

    assertThatThrownBy(source::getConnection)
        .isInstanceOf(SQLException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void speaksTlsIfAskedTo(JdbcDriver driver) throws Exception {
    TestDatabase database = database(driver);
    String status = "SHOW SESSION STATUS LIKE 'Ssl_cipher'";
    Map<String, String> plain = server(database);
    Map<String, String> encrypted = new HashMap<>(plain);
    encrypted.put("ssl", "yes");
    encrypted.put("ssl_verify_server_cert", "no");
    encrypted.put("ssl_cipher", "TLS_AES_128_GCM_SHA256");

    assertThat(query(ConnectDataSource.create(driver, ConnectSettings.of(List.of(plain))), status))
        .isEmpty();
    assertThat(
            query(ConnectDataSource.create(driver, ConnectSettings.of(List.of(encrypted))), status))
        .contains("AES128-GCM-SHA256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dict.db", "a b.db", "a?b.db", "a#b%41.db"})
  void connectsToAFile(String name) throws Exception {
    Path file = directory.resolve(name);
    ConnectSettings connect = ConnectSettings.of(List.of(Map.of("path", file.toString())));

    try (Connection connection =
        ConnectDataSource.create(SqlDriver.SQLITE, connect).getConnection()) {
      assertThat(connection.isValid(5)).isTrue();
    }
    assertThat(Files.exists(file)).isTrue();
  }

  @Test
  void doesNotWriteAFileThatIsToBeReadOnly() throws Exception {
    String path = directory.resolve("dict.db").toString();
    ConnectDataSource writable =
        ConnectDataSource.create(SqlDriver.SQLITE, ConnectSettings.parse(path));
    JdbcSchema.of(Maps.LAST_LOGIN).createMissing(writable);
    ConnectDataSource source =
        ConnectDataSource.create(SqlDriver.SQLITE, ConnectSettings.parse(path + " readonly=yes"));

    try (JdbcDict dict = JdbcDict.create(source, Maps.LAST_LOGIN)) {
      String key = "shared/last-login/imap/a@x.io/x.io";
      assertThat(dict.lookup(key, DictContext.NO_USER).toCompletableFuture().join())
          .isEqualTo(LookupResult.notFound());
      DictTransaction set = DictTransaction.builder(DictContext.NO_USER).set(key, "1").build();
      assertThatThrownBy(() -> dict.commit(set).toCompletableFuture().join())
          .hasMessageContaining("readonly");
    }
  }

  @ParameterizedTest
  @CsvSource({"MYSQL,MARIADB", "PGSQL,POSTGRESQL", "SQLITE,SQLITE"})
  void prefersMariaDbsDriver(SqlDriver database, JdbcDriver driver) {
    assertThat(JdbcDriver.of(database)).isEqualTo(driver);
  }
}
