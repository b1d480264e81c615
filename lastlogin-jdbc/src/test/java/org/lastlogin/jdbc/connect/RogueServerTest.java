package org.lastlogin.jdbc.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.jdbc.testing.RogueMySql;
import org.lastlogin.jdbc.testing.RoguePostgreSql;
import org.lastlogin.jdbc.testing.RogueServer;
import org.lastlogin.jdbc.testing.TestCertificate;

/** Servers that ask for the password, or for files, without proof that they are the database. */
class RogueServerTest {
  private static final String PASSWORD = "Pa55word0fTheDict";

  /** Asks for a challenge to be answered, as servers do that then switch to something else. */
  private static final String NATIVE = "mysql_native_password";

  /** The plugins of a driver that reveal the password to some servers. */
  private static List<String> revealing(JdbcDriver driver) {
    return driver == JdbcDriver.MARIADB
        ? List.of("dialog", "mysql_clear_password", "caching_sha2_password")
        : List.of(
            "mysql_clear_password",
            "sha256_password",
            "caching_sha2_password",
            "mysql_old_password");
  }

  private static String certificate;

  @TempDir Path directory;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = TestCertificate.shared().certificate().toString();
  }

  private static Throwable connect(JdbcDriver driver, String host, String port, String settings) {
    String connect =
        "host=%s port=%s dbname=vmail user=dict password=%s connect_timeout=5 %s"
            .formatted(host, port, PASSWORD, settings);
    return catchThrowable(
        () ->
            ConnectDataSource.create(driver, ConnectSettings.parse(connect))
                .getConnection()
                .close());
  }

  private static void assertNotSent(RogueServer server, Throwable failure) {
    assertThat(server.clients()).isPositive();
    assertThat(server.received()).doesNotContain(PASSWORD);
    assertThat(failure).isInstanceOf(SQLException.class);
  }

  private static Stream<Arguments> mySqlServers() {
    List<Arguments> servers = new ArrayList<>();
    for (JdbcDriver driver : List.of(JdbcDriver.MARIADB, JdbcDriver.MYSQL)) {
      for (String plugin : revealing(driver)) {
        servers.add(Arguments.of(driver, NATIVE, plugin));
        servers.add(Arguments.of(driver, plugin, plugin));
      }
    }
    return servers.stream();
  }

  @ParameterizedTest
  @MethodSource("mySqlServers")
  void keepsThePasswordFromAnUnverifiedServer(JdbcDriver driver, String greeting, String plugin)
      throws Exception {
    for (String settings :
        List.of("", "ssl=yes ssl_verify_server_cert=no", "ssl_ca_path=" + directory)) {
      boolean tls = !settings.isEmpty();
      try (RogueServer server = RogueServer.start(RogueMySql.asking(greeting, plugin, tls))) {
        Throwable failure = connect(driver, "127.0.0.1", server.port(), settings);

        assertNotSent(server, failure);
        if (!settings.startsWith("ssl_ca")) {
          assertExplained(failure, "ssl_ca");
        }
      }
    }
  }

  /** The cause's message would be shown instead. */
  private static void assertExplained(Throwable failure, String setting) {
    assertThat(failure)
        .hasMessageStartingWith("Refused to send the password")
        .hasMessageContaining(setting)
        .hasMessageContaining("Unix socket")
        .hasNoCause();
  }

  /** MariaDB's driver accepts the certificate until the server proves that it knows the hash. */
  @ParameterizedTest
  @MethodSource("mySqlServers")
  void keepsThePasswordFromAServerWithAnUntrustedCertificate(
      JdbcDriver driver, String greeting, String plugin) throws Exception {
    try (RogueServer server = RogueServer.start(RogueMySql.asking(greeting, plugin, true))) {
      assertNotSent(server, connect(driver, "127.0.0.1", server.port(), "ssl=yes"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false,''",
    "false,sslmode=disable",
    "true,''",
    "true,sslmode=require",
    "true,sslmode=require sslrootcert=CERTIFICATE",
    "false,'require_auth=password,md5'",
    "false,require_auth=!md5",
    "false,'require_auth=password,scram-sha-256'",
  })
  void keepsThePasswordFromAnUnverifiedPostgreSqlServer(boolean tls, String settings)
      throws Exception {
    try (RogueServer server = RogueServer.start(new RoguePostgreSql(tls))) {
      Throwable failure =
          connect(
              JdbcDriver.POSTGRESQL,
              "127.0.0.1",
              server.port(),
              settings.replace("CERTIFICATE", certificate));

      assertNotSent(server, failure);
      assertExplained(failure, "sslmode=verify-full");
    }
  }

  /** The file of a service cannot allow it. */
  @Test
  void keepsThePasswordFromThePostgreSqlServerOfAService() throws Exception {
    String property = "org.postgresql.pgservicefile";
    try (RogueServer server = RogueServer.start(new RoguePostgreSql(false))) {
      String service = "[mail]\nhost=127.0.0.1\nport=%s\nrequireAuth=password\nsslmode=prefer\n";
      Path file = directory.resolve("service.conf");
      System.setProperty(
          property, Files.writeString(file, service.formatted(server.port())).toString());

      Throwable failure =
          catchThrowable(
              () ->
                  ConnectDataSource.create(
                          JdbcDriver.POSTGRESQL,
                          ConnectSettings.parse("service=mail user=dict password=" + PASSWORD))
                      .getConnection());

      assertNotSent(server, failure);
      assertExplained(failure, "sslmode=verify-full");
    } finally {
      System.clearProperty(property);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MARIADB,dialog",
    "MARIADB,mysql_clear_password",
    "MARIADB,caching_sha2_password",
    "MYSQL,mysql_clear_password",
    "MYSQL,sha256_password",
    "MYSQL,caching_sha2_password",
  })
  void sendsThePasswordToAVerifiedServer(JdbcDriver driver, String plugin) throws Exception {
    for (String verified : List.of("ssl_ca=", "ssl=yes ssl_ca=")) {
      try (RogueServer server = RogueServer.start(RogueMySql.asking(NATIVE, plugin, true))) {
        Throwable failure = connect(driver, "127.0.0.1", server.port(), verified + certificate);

        assertThat(failure).hasMessageContaining("Access denied");
        assertThat(server.received()).contains(PASSWORD);
      }
    }
  }

  /** PAM; AuthPluginsTest has a real MySQL. */
  @Test
  void sendsThePasswordThroughAUnixSocket() throws Exception {
    Path socket = directory.resolve("s");
    RogueMySql pam = RogueMySql.asking(NATIVE, "dialog", false);
    try (RogueServer server = RogueServer.startAt(socket, pam)) {
      Throwable failure = connect(JdbcDriver.MARIADB, socket.toString(), "3306", "");

      assertThat(failure).hasMessageContaining("Access denied");
      assertThat(server.received()).contains(PASSWORD);
    }
  }

  /** A Unix socket beside it changes nothing for the server that listens at a port. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void keepsThePasswordFromTheUnverifiedOneOfSeveralServers(JdbcDriver driver) throws Exception {
    try (RogueServer server =
        RogueServer.start(RogueMySql.asking(NATIVE, "caching_sha2_password", false))) {
      assertNotSent(
          server, connect(driver, "127.0.0.1", server.port(), "host=" + directory.resolve("s")));
    }
  }

  @Test
  void sendsPostgreSqlThePasswordThroughAUnixSocketOrOverVerifiedTls() throws Exception {
    Path socket = directory.resolve(".s.PGSQL.5432");
    try (RogueServer server = RogueServer.startAt(socket, new RoguePostgreSql(false))) {
      connect(JdbcDriver.POSTGRESQL, directory.toString(), "5432", "");
      assertThat(server.received()).contains(PASSWORD);
    }
    for (String mode : List.of("verify-ca", "verify-full")) {
      try (RogueServer server = RogueServer.start(new RoguePostgreSql(true))) {
        String verified = "sslmode=" + mode + " sslrootcert=" + certificate;
        connect(JdbcDriver.POSTGRESQL, "localhost", server.port(), verified);
        assertThat(server.received()).contains(PASSWORD);
      }
    }
  }

  /** CLIENT_LOCAL_FILES says that the server may ask for files. */
  @ParameterizedTest
  @CsvSource({"MARIADB,''", "MARIADB,client_flags=128", "MYSQL,''", "MYSQL,client_flags=128"})
  void sendsNoFile(JdbcDriver driver, String settings) throws Exception {
    Path file = Files.writeString(directory.resolve("mail.txt"), "Dear Miriam");
    try (RogueServer server = RogueServer.start(RogueMySql.askingFor(file.toString()))) {
      Throwable failure = connect(driver, "127.0.0.1", server.port(), settings);

      assertThat(failure).isInstanceOf(SQLException.class);
      assertThat(server.received()).isNotEmpty().doesNotContain("Dear Miriam");
    }
  }
}
