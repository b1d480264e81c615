package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.dictd.Command.Result;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** The whole path: a real Dovecot, the shipped program, a real database. */
class DovecotIT {

  /**
   * Short, because the path of a Unix socket may have 107 bytes, and accessible to Dovecot's
   * unprivileged processes.
   */
  @TempDir Path directory;

  @BeforeAll
  static void needsDovecot() throws Exception {
    DovecotSystem.HOST.assumeThere();
  }

  @ParameterizedTest
  @EnumSource
  void loginsAndDeliveriesBecomeARow(TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    if (kind.isOfMySql()) {
      database.execute(DictFiles.resource("tutorial-mysql.sql"));
    }
    long before = Instant.now().getEpochSecond();
    try (DaemonProcess daemon =
            startDaemon(
                DictFiles.option(database, DictFiles.write(directory, database)),
                !kind.isOfMySql());
        Dovecot dovecot = Dovecot.startWithLastLogin(DovecotSystem.HOST, directory, socket())) {
      dovecot.client().imapLogin("alice@example.com");
      dovecot.client().pop3Login("alice@example.com");
      dovecot.client().lmtpDelivery("alice@example.com");
      dovecot.client().lmtpDelivery("bob@example.org");
      // Sessions of LMTP and POP3 end before the plugin receives the answer to its commit.
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> database.query("SELECT lda FROM last_login WHERE lda IS NOT NULL").size() == 2);

      List<String> rows =
          database.query(
              "SELECT username, domain, imap, pop3, lda FROM last_login ORDER BY username");
      long after = Instant.now().getEpochSecond();
      assertThat(rows).hasSize(2);
      String[] alice = rows.get(0).split(",");
      assertThat(alice).startsWith("alice@example.com", "example.com").hasSize(5);
      for (int i = 2; i < alice.length; i++) {
        assertThat(Long.parseLong(alice[i])).as(rows.get(0)).isBetween(before, after);
      }
      assertThat(rows.get(1)).matches("bob@example.org,example.org,null,null,\\d+");
      assertThat(dovecot.log()).doesNotContain("Error");
      assertThat(daemon.terminate()).isZero();
      assertThat(daemon.logOfServing())
          .doesNotContain("WARN")
          .doesNotContain("ERROR")
          .doesNotContain("alice");
    }
  }

  @Test
  void doveadmSetsAndGets() throws Exception {
    TestDatabase database = TestDatabases.MARIADB.create();
    database.execute(DictFiles.resource("tutorial-mysql.sql"));
    try (DaemonProcess daemon =
            startDaemon(DictFiles.option(database, DictFiles.writeAll(directory, database)), true);
        Dovecot dovecot = Dovecot.startWithLastLogin(DovecotSystem.HOST, directory, socket())) {
      DoveadmDict doveadm = new DoveadmDict(dovecot, socket());
      String key = "shared/last-login/imap/alice@example.com/example.com";
      assertThat(doveadm.run("set", List.of(), key, "1700000001").status()).isZero();
      Result get = doveadm.run("get", List.of(), key);
      assertThat(get.output().strip()).isEqualTo("1700000001");
      assertThat(database.query("SELECT * FROM last_login"))
          .containsExactly("alice@example.com,example.com,1700000001,null,null");

      assertThat(doveadm.run("get", List.of(), "shared/last-login/imap/x/y").output())
          .contains("doesn't exist");
      assertThat(doveadm.run("get", List.of(), "shared/nosuch/key").output())
          .contains("sql dict lookup: Invalid/unmapped key: shared/nosuch/key");
      assertThat(doveadm.run("set", List.of(), key, "soon").output())
          .contains("value field's value isn't 64bit unsigned integer: soon");

      List<String> carol = List.of("-u", "carol");
      assertThat(doveadm.run("set", carol, "priv/quota/storage", "1000").status()).isZero();
      assertThat(doveadm.run("inc", carol, "priv/quota/storage", "24").status()).isZero();
      assertThat(doveadm.run("get", carol, "priv/quota/storage").output().strip())
          .isEqualTo("1024");
      assertThat(doveadm.run("unset", carol, "priv/quota/storage").status()).isZero();
      assertThat(doveadm.run("get", carol, "priv/quota/storage").output())
          .contains("doesn't exist");

      String awkward = "tab\tnewline\nquote'\"\\ü";
      assertThat(doveadm.run("set", List.of(), "shared/tree/a/b/c", awkward).status()).isZero();
      assertThat(doveadm.run("get", List.of(), "shared/tree/a/b/c").output()).startsWith(awkward);
      assertThat(daemon.terminate()).isZero();
    }
  }

  private DaemonProcess startDaemon(String dict, boolean createTables) throws IOException {
    String address = "unix:" + socket() + "?mode=0666";
    return createTables
        ? DaemonProcess.serve(directory, dict, address, "--create-tables")
            .awaitLog("its tables exist")
        : DaemonProcess.serve(directory, dict, address);
  }

  private Path socket() {
    return directory.resolve("dict");
  }
}
