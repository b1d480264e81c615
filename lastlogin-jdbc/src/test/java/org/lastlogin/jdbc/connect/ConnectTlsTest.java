package org.lastlogin.jdbc.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.jdbc.testing.TestCertificate;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** PEM files, which MariaDB's and MySQL's drivers do not read all by themselves. */
class ConnectTlsTest {
  private static TestCertificate certificate;

  @TempDir Path directory;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = TestCertificate.shared();
  }

  private static ConnectSettings connect(TestDatabase database, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("host", database.host());
    settings.put("port", Integer.toString(database.port()));
    settings.putIfAbsent("user", database.user());
    settings.put("password", database.password());
    return ConnectSettings.of(List.of(settings));
  }

  private static void assertConnects(JdbcDriver driver, ConnectSettings connect) throws Exception {
    try (Connection connection = ConnectDataSource.create(driver, connect).getConnection()) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  private static TestDatabase mariaDb() {
    TestDatabase database = TestDatabases.MARIADB.create();
    assumeFalse(database.socket().isEmpty(), "the server in a container has another certificate");
    return database;
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void checksTheServersCertificate(JdbcDriver driver) throws Exception {
    TestDatabase database = mariaDb();

    assertConnects(
        driver,
        connect(
            database,
            Map.of(
                "ssl_ca", certificate.certificate().toString(), "ssl_verify_server_cert", "yes")));
  }

  /** MariaDB's driver would take the password, if the server knows it, for a proof of identity. */
  @Test
  void refusesACertificateThatNobodyTrusts() {
    ConnectSettings untrusted = connect(mariaDb(), Map.of("ssl", "yes"));

    assertThatThrownBy(() -> assertConnects(JdbcDriver.MYSQL, untrusted))
        .isInstanceOf(SQLException.class)
        .hasStackTraceContaining("CertificateException");
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void showsTheClientsCertificate(JdbcDriver driver) throws Exception {
    TestDatabase database = mariaDb();
    for (String host : List.of("%", "localhost")) {
      database.execute(
          "CREATE OR REPLACE USER certified@'%s' IDENTIFIED BY '%s' REQUIRE X509"
              .formatted(host, database.password()));
    }
    String ca = certificate.certificate().toString();
    Map<String, String> without = Map.of("user", "certified", "ssl_ca", ca);

    for (Path key : List.of(certificate.key(), certificate.rsaKey())) {
      Map<String, String> with = new HashMap<>(without);
      with.put("ssl_cert", ca);
      with.put("ssl_key", key.toString());
      assertConnects(driver, connect(database, with));
    }
    assertThatThrownBy(() -> assertConnects(driver, connect(database, without)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Access denied");
  }

  @Test
  void keepsKeysForTheirOwnerOnly() throws Exception {
    Map<String, String> properties =
        ConnectTargets.of(
                JdbcDriver.MARIADB,
                ConnectSettings.of(
                    List.of(
                        Map.of(
                            "ssl_cert", certificate.certificate().toString(),
                            "ssl_key", certificate.key().toString()))))
            .targets()
            .get(0)
            .allProperties();

    Path file = Path.of(properties.get("keyStore"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    KeyStore keys = KeyStore.getInstance(properties.get("keyStoreType"));
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, properties.get("keyStorePassword").toCharArray());
    }
    assertThat(keys.isKeyEntry("client")).isTrue();
  }

  /** To check a configuration is not to copy its keys. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void writesNothingBeforeItConnects(JdbcDriver driver) throws Exception {
    String cert = certificate.certificate().toString();
    Set<Path> before = keyStores();

    ConnectDataSource.create(
        driver,
        ConnectSettings.of(
            List.of(
                Map.of(
                    "ssl_ca", cert, "ssl_cert", cert, "ssl_key", certificate.key().toString()))));

    assertThat(keyStores()).isEqualTo(before);
  }

  private static Set<Path> keyStores() throws IOException {
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".p12"))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void saysWhichFileIsNotWhatItShouldBe() throws Exception {
    Path empty = Files.createFile(directory.resolve("empty.pem"));
    String cert = certificate.certificate().toString();

    assertThatThrownBy(
            () -> ConnectTargets.of(JdbcDriver.MYSQL, ConnectSettings.parse("ssl_ca=" + empty)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("there is no certificate in it");
    assertThatThrownBy(
            () -> ConnectTargets.of(JdbcDriver.MARIADB, ConnectSettings.parse("ssl_cert=" + cert)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("openssl pkcs8");
  }
}
