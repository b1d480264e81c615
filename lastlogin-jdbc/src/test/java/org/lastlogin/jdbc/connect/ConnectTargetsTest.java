package org.lastlogin.jdbc.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.Diagnostic;

/** What {@code connect} settings mean to each driver; docs/connect.md has each keyword. */
class ConnectTargetsTest {

  private static ConnectTargets targets(JdbcDriver driver, String connect) {
    return ConnectTargets.of(driver, ConnectSettings.parse(connect));
  }

  private static List<String> urls(JdbcDriver driver, String connect) {
    return targets(driver, connect).targets().stream().map(ConnectTarget::url).toList();
  }

  private static ConnectTarget target(JdbcDriver driver, String connect) {
    List<ConnectTarget> targets = targets(driver, connect).targets();
    assertThat(targets).hasSize(1);
    return targets.get(0);
  }

  private static Map<String, String> properties(JdbcDriver driver, String connect) {
    return target(driver, connect).properties();
  }

  @Test
  void namesSeveralHostsInOneUrlWhereTheDriverKnowsFailOver() {
    String connect = "host=db1 host=::1 port=3307 dbname=vmail";
    assertThat(urls(JdbcDriver.MARIADB, connect))
        .containsExactly("jdbc:mariadb:sequential://db1:3307,[::1]:3307/vmail");
    assertThat(urls(JdbcDriver.MYSQL, connect))
        .containsExactly("jdbc:mysql://db1:3307/vmail", "jdbc:mysql://[::1]:3307/vmail");
    assertThat(urls(JdbcDriver.POSTGRESQL, "host=db1 host=::1 dbname=vmail"))
        .containsExactly("jdbc:postgresql://db1:5432,[::1]:5432/vmail");
  }

  /** As Dovecot does, for which it is another word for host. */
  @Test
  void takesAnAddressForTheHostOfAMySqlServer() {
    assertThat(urls(JdbcDriver.MARIADB, "hostaddr=192.0.2.1 dbname=vmail"))
        .containsExactly("jdbc:mariadb://192.0.2.1:3306/vmail");
    assertThat(urls(JdbcDriver.MYSQL, "host=db hostaddr=192.0.2.1 dbname=vmail"))
        .containsExactly("jdbc:mysql://192.0.2.1:3306/vmail");
  }

  @Test
  void triesServersThatDifferOneAfterTheOther() {
    ConnectSettings connect =
        ConnectSettings.of(
            List.of(
                Map.of("host", "db1", "user", "a", "dbname", "x"),
                Map.of("host", "db2", "user", "b", "dbname", "x")));

    List<ConnectTarget> targets = ConnectTargets.of(JdbcDriver.MARIADB, connect).targets();

    assertThat(targets)
        .extracting(ConnectTarget::url)
        .containsExactly("jdbc:mariadb://db1:3306/x", "jdbc:mariadb://db2:3306/x");
    assertThat(targets)
        .extracting(target -> target.properties().get("user"))
        .containsExactly("a", "b");
  }

  @Test
  void letsASocketBeOneOfSeveralHosts() {
    assertThat(urls(JdbcDriver.MARIADB, "host=/run/mysqld/mysqld.sock host=db2 dbname=vmail"))
        .containsExactly("jdbc:mariadb://localhost/vmail", "jdbc:mariadb://db2:3306/vmail");
    assertThat(urls(JdbcDriver.POSTGRESQL, "host=/run/postgresql,db2,db3 dbname=vmail"))
        .containsExactly(
            "jdbc:postgresql://localhost/vmail",
            "jdbc:postgresql://db2:5432/vmail",
            "jdbc:postgresql://db3:5432/vmail");
  }

  @Test
  void speaksThroughSockets() {
    String connect = "host=/run/mysqld/mysqld.sock dbname=vmail user=u";
    assertThat(properties(JdbcDriver.MARIADB, connect))
        .containsEntry("localSocket", "/run/mysqld/mysqld.sock");
    assertThat(properties(JdbcDriver.MYSQL, connect))
        .containsEntry("junixsocket.file", "/run/mysqld/mysqld.sock")
        .containsEntry("socketFactory", "org.newsclub.net.mysql.AFUNIXDatabaseSocketFactoryCJ");
    assertThat(
            properties(
                JdbcDriver.POSTGRESQL, "host=/run/postgresql port=5433 sslmode=require user=u"))
        .containsEntry("socketFactoryArg", "/run/postgresql/.s.PGSQL.5433")
        .containsEntry("sslmode", "disable")
        .doesNotContainKey("tcpKeepAlive");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -                                      | disable     | DISABLED
          ssl=no                                 | disable     | DISABLED
          ssl=yes                                | verify-full | VERIFY_IDENTITY
          ssl=yes ssl_verify_server_cert=no      | trust       | REQUIRED
          ssl_verify_server_cert=yes             | verify-full | VERIFY_IDENTITY
          ssl_ca_path=/etc/ssl/certs             | verify-ca   | VERIFY_CA
          ssl=yes ssl_ca_path=/etc/ssl/certs     | verify-full | VERIFY_IDENTITY
          ssl=yes ssl_ca_path=/etc/ssl/certs ssl_verify_server_cert=no | trust | REQUIRED
          ssl=yes ssl_cipher=TLS_AES_256_GCM_SHA384 | verify-full | VERIFY_IDENTITY
          ssl_cipher=TLS_AES_256_GCM_SHA384      | trust       | REQUIRED
          client_flags=2048                      | trust       | REQUIRED
          client_flags=1073741824                | verify-full | VERIFY_IDENTITY
          ssl_verify_server_cert=yes ssl_ca_path=/etc/ssl/certs | verify-full | VERIFY_IDENTITY
          """)
  void usesTlsAsFarAsAskedFor(String settings, String mariaDb, String mySql) {
    String connect = "host=db " + (settings == null ? "" : settings);
    assertThat(properties(JdbcDriver.MARIADB, connect)).containsEntry("sslMode", mariaDb);
    assertThat(properties(JdbcDriver.MYSQL, connect)).containsEntry("sslMode", mySql);
  }

  @Test
  void trustsTheAuthorityThatIsNamed() {
    assertThat(properties(JdbcDriver.MARIADB, "host=db ssl_ca=/etc/ca.pem"))
        .containsEntry("sslMode", "verify-ca")
        .containsEntry("serverSslCert", "/etc/ca.pem");
    assertThat(properties(JdbcDriver.POSTGRESQL, "host=db sslrootcert=system"))
        .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory")
        .containsEntry("sslmode", "verify-full");
  }

  /** RogueServerTest tries it with servers. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          host=db                               | md5,gss,sspi,scram-sha-256,none
          host=db sslmode=require               | md5,gss,sspi,scram-sha-256,none
          host=db sslmode=verify-ca sslrootcert=system | md5,gss,sspi,scram-sha-256,none
          host=db service=mail                  | md5,gss,sspi,scram-sha-256,none
          host=db require_auth=!md5,!none       | gss,sspi,scram-sha-256
          host=db require_auth=password,md5     | md5
          host=db sslmode=verify-ca             | -
          host=db sslrootcert=system            | -
          host=/run/postgresql                  | -
          host=/run/postgresql require_auth=password,md5 | password,md5
          host=db sslmode=verify-full require_auth=password | password
          """)
  void allowsPostgreSqlAPasswordInClearOnlyFromAVerifiedServer(String connect, String allowed) {
    assertThat(properties(JdbcDriver.POSTGRESQL, connect + " user=u").get("requireAuth"))
        .isEqualTo(allowed);
  }

  @Test
  void hasTimeOutsOfItsOwn() {
    assertThat(properties(JdbcDriver.MARIADB, "host=db")).containsEntry("connectTimeout", "5000");
    assertThat(properties(JdbcDriver.MYSQL, "host=db")).containsEntry("connectTimeout", "5000");
    assertThat(properties(JdbcDriver.POSTGRESQL, "host=db")).containsEntry("connectTimeout", "5");
    assertThat(properties(JdbcDriver.MARIADB, "host=db read_timeout=7 write_timeout=4"))
        .containsEntry("socketTimeout", "7000");
  }

  @Test
  void understandsLibpqsListsAndOldNames() {
    JdbcDriver driver = JdbcDriver.POSTGRESQL;
    assertThat(target(driver, "host=a,,c port=1,2,3 user=u").url())
        .isEqualTo("jdbc:postgresql://a:1,localhost:2,c:3/u");
    assertThat(target(driver, "host=a hostaddr=192.0.2.1 dbname=x").url())
        .isEqualTo("jdbc:postgresql://192.0.2.1:5432/x");
    assertThat(properties(driver, "host=db requiressl=1")).containsEntry("sslmode", "require");
    assertThat(properties(driver, "host=db requiressl=1 sslmode=disable"))
        .containsEntry("sslmode", "disable");
    assertThat(properties(driver, "fallback_application_name=a application_name=b"))
        .containsEntry("ApplicationName", "b");
  }

  @Test
  void warnsThatACertificateIsCheckedAgainstTheAddress() {
    String connect = "host=db hostaddr=192.0.2.1 sslmode=";
    assertThat(targets(JdbcDriver.POSTGRESQL, connect + "require").warnings()).isEmpty();
    assertThat(targets(JdbcDriver.POSTGRESQL, connect + "verify-full").warnings())
        .singleElement()
        .extracting(Diagnostic::message)
        .asString()
        .contains("host", "address");
  }

  @Test
  void showsSocketsAndNothingElse() {
    assertThat(target(JdbcDriver.MARIADB, "host=/run/mysqld.sock password=x1y2z"))
        .hasToString("jdbc:mariadb://localhost/ through /run/mysqld.sock");
    assertThat(target(JdbcDriver.MYSQL, "host=/run/mysqld.sock password=x1y2z"))
        .hasToString("jdbc:mysql://localhost/ through /run/mysqld.sock");
    assertThat(target(JdbcDriver.POSTGRESQL, "host=/run dbname=d password=x1y2z"))
        .hasToString("jdbc:postgresql://localhost/d through /run/.s.PGSQL.5432");
  }

  @Test
  void letsAServiceSayWhatIsNotSet() {
    ConnectTarget alone = target(JdbcDriver.POSTGRESQL, "service=mail user=u");
    assertThat(alone.url()).isEqualTo("jdbc:postgresql://?service=mail");
    assertThat(alone.properties()).doesNotContainKeys("PGHOST", "PGPORT", "PGDBNAME");

    assertThat(properties(JdbcDriver.POSTGRESQL, "service=mail host=a,b port=7 dbname=d"))
        .containsEntry("PGHOST", "a,b")
        .containsEntry("PGPORT", "7,7")
        .containsEntry("PGDBNAME", "d");
  }

  @ParameterizedTest
  @CsvSource({
    "/var/lib/a b.db,/var/lib/a b.db",
    "/a?b#c%20.db,file:///a%3Fb%23c%2520.db",
    "a#b.db,file:a%23b.db",
    "file:/a%20b.db,file:/a%20b.db",
  })
  void opensFilesOfAnyName(String path, String inUrl) {
    ConnectSettings connect = ConnectSettings.of(List.of(Map.of("path", path)));
    assertThat(ConnectTargets.of(JdbcDriver.SQLITE, connect).targets())
        .extracting(ConnectTarget::url)
        .containsExactly("jdbc:sqlite:" + inUrl);
  }

  @Test
  void leavesTheJournalOfAFileAloneThatItMustNotWrite() {
    assertThat(properties(JdbcDriver.SQLITE, "/a.db")).containsEntry("journal_mode", "WAL");
    assertThat(properties(JdbcDriver.SQLITE, "/a.db journal_mode=delete"))
        .containsEntry("journal_mode", "DELETE");
    assertThat(properties(JdbcDriver.SQLITE, "/a.db journal_mode=wal readonly=yes"))
        .containsEntry("open_mode", "1")
        .doesNotContainKey("journal_mode");
  }

  @Test
  void warnsOnceWhereItStands() {
    ConnectTargets targets = targets(JdbcDriver.MARIADB, "host=a host=b option_file=/etc/my.cnf");

    assertThat(targets.warnings())
        .singleElement()
        .extracting(Diagnostic::column, Diagnostic::message)
        .containsExactly(
            15,
            "option_file has no equivalent: the file is not read; what it sets has to be set here");
  }

  @Test
  void namesTheFlagsThatItLeavesOut() {
    ConnectTargets targets = targets(JdbcDriver.MARIADB, "host=a client_flags=1074");
    assertThat(targets.warnings())
        .extracting(Diagnostic::message)
        .containsExactly(
            "CLIENT_NO_SCHEMA of client_flags has no equivalent: it is left out",
            "CLIENT_INTERACTIVE of client_flags has no equivalent: it is left out");
    assertThat(targets.targets().get(0).properties()).containsEntry("useCompression", "true");
  }

  @ParameterizedTest
  @CsvSource({
    "MARIADB,host=db colour=red,Unknown setting: colour",
    "MARIADB,host=db hots=red,Did you mean host?",
    "MYSQL,host=db sslca=red,Did you mean ssl_ca?",
    "POSTGRESQL,host=db usr=red,Did you mean user?",
    "MARIADB,host=db port=x,Expected a port from 1 to 65535",
    "MARIADB,host=db port=0,Expected a port from 1 to 65535",
    "MARIADB,host=db connect_timeout=2147484,no more than 2147483 seconds",
    "MARIADB,host=db?x,host",
    "MARIADB,dbname=a?password=b,dbname",
    "MARIADB,/a.db,only SQLite",
    "MARIADB,host=db ssl_verify_server_cert=1,Expected yes or no",
    "MARIADB,host=db ssl_cert=/nonexistent,Cannot use this file: there is no such file",
    "MYSQL,host=db ssl_ca=/nonexistent,ssl_ca",
    "POSTGRESQL,'host=a,b port=1,2,3',as many as",
    "POSTGRESQL,host=a target_session_attrs=master,Unknown target_session_attrs",
    "POSTGRESQL,host=a service=a&password=b,service",
    "POSTGRESQL,host=a sslmode=requird,Did you mean require?",
    "POSTGRESQL,host=a gssencmode=yes,Unknown gssencmode",
    "POSTGRESQL,host=a channel_binding=on,Unknown channel_binding",
    "POSTGRESQL,host=a sslnegotiation=dirct,Did you mean direct?",
    "POSTGRESQL,host=a sslcertmode=none,Unknown sslcertmode",
    "POSTGRESQL,host=a ssl_min_protocol_version=1.2,Unknown ssl_min_protocol_version",
    "POSTGRESQL,'host=a require_auth=!md5,scram',Unknown require_auth",
    "POSTGRESQL,'host=a require_auth=!md5,scram-sha-256',before all methods or before none",
    "POSTGRESQL,host=a user=u require_auth=password,No method is left",
    "POSTGRESQL,'host=a require_auth=!md5,!gss,!sspi,!scram-sha-256,!none',No method is left",
    "SQLITE,journal_mode=WAL,path",
    "SQLITE,/a.db journal_mode=x,'expected one of wal, delete'",
    "SQLITE,file:a?mode=ro,readonly=yes",
    "SQLITE,/a.db host=x,Unknown setting: host",
  })
  void saysWhatItCannotUse(JdbcDriver driver, String connect, String expected) {
    assertThatThrownBy(() -> targets(driver, connect))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MARIADB|port=x ssl=maybe colour=red host=a?b client_flags=ssl read_timeout=1h dbname=a?b",
        "POSTGRESQL|port=1,x sslmode=on colour=red host=a,b?c keepalives=yes gssencmode=1"
            + " dbname=a?b",
        "SQLITE|readonly=1 journal_mode=x colour=red a=1 b=2 c=3 d=4"
      })
  void tellsAllMistakesAtOnce(JdbcDriver driver, String connect) {
    ConfigException errors =
        catchThrowableOfType(ConfigException.class, () -> targets(driver, connect));

    assertThat(errors.diagnostics()).hasSize(7).doesNotHaveDuplicates();
  }

  /** What several servers have in common is wrong once. */
  @Test
  void tellsAMistakeOfSeveralServersOnce() {
    ConfigException errors =
        catchThrowableOfType(
            ConfigException.class, () -> targets(JdbcDriver.MARIADB, "host=a host=b ssl=maybe"));

    assertThat(errors.diagnostics()).extracting(Diagnostic::message).hasSize(1);
  }
}
