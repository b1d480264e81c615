package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.dictproto.testing.WireClient;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * Errors of a client or the database end in the answer or the closed connection that Dovecot's
 * clients expect, and in a log line that names the cause; and the next client is served.
 */
class BadInputIT {
  private static final String HELLO = "H3\t2\t0\t\tlastlogin\n";
  private static final String CLOSED = null;

  @TempDir static Path directory;
  private static TestDatabase database;
  private static DaemonProcess daemon;

  @BeforeAll
  static void startDaemon() throws Exception {
    database = TestDatabases.MARIADB.create();
    database.execute(DictFiles.resource("tutorial-mysql.sql"));
    daemon =
        DaemonProcess.serve(
            directory,
            DictFiles.option(database, DictFiles.write(directory, database)),
            "unix:" + socket());
  }

  @AfterAll
  static void stopDaemon() throws Exception {
    daemon.close();
  }

  static Stream<Arguments> inputs() {
    byte[] garbage = new byte[4096];
    new Random(1).nextBytes(garbage);
    String key = "shared/last-login/imap/joe@b.io/b.io";
    return Stream.of(
        Arguments.of(
            "unknown dict", bytes("H3\t2\t0\t\tother\n"), CLOSED, "HELLO names the dict \"other\""),
        Arguments.of(
            "unknown major",
            bytes("H7\t1\t0\t\tlastlogin\n"),
            CLOSED,
            "HELLO announces protocol version 7.1"),
        Arguments.of(
            "no HELLO", bytes("L" + key + "\t\n"), CLOSED, "The first command is 'L', not HELLO"),
        Arguments.of("garbage", garbage, CLOSED, "The first command is '"),
        Arguments.of(
            "garbage after HELLO",
            bytes(HELLO + "\u0000\u0001\u0002\n"),
            CLOSED,
            "There is no command '\\x00'"),
        Arguments.of(
            "a long line",
            bytes(HELLO + "L" + "x".repeat(64 * 1024)),
            CLOSED,
            "A line is longer than 65536 bytes"),
        Arguments.of(
            "unknown transaction",
            bytes(HELLO + "C9\n"),
            CLOSED,
            "no open transaction with the id 9"),
        Arguments.of(
            "no number",
            bytes(HELLO + "B1\t\nS1\t" + key + "\tsoon\nC1\n"),
            "+1\tF1\tdict-sql: Failed to set 1 fields (first "
                + key
                + "): value field's value isn't 64bit unsigned integer: soon (in pattern: shared/last-login/imap/$/$)",
            "the commit of " + key + " failed: dict-sql: Failed to set 1 fields"),
        Arguments.of(
            "unmapped key",
            bytes(HELLO + "B1\t\nS1\tshared/nosuch/key\t1\nC1\n"),
            "+1\tF1\tsql dict set: Invalid/unmapped key: shared/nosuch/key",
            "the commit of shared/nosuch/key failed: sql dict set: Invalid/unmapped key"),
        Arguments.of(
            "a key that would forge a log line",
            bytes(HELLO + "B1\t\nS1\tx\u0001n2026-11-22 INFO stopped\t1\nC1\n"),
            "+1\tF1\tInvalid key: x\u0001n2026-11-22 INFO stopped (a key begins",
            "the commit of x\\x0a2026-11-22 INFO stopped failed: Invalid key: x\\x0a2026-11-22 INFO stopped (a key"),
        Arguments.of(
            "neither priv nor shared",
            bytes(HELLO + "B1\t\nS1\tnowhere\t1\nC1\n"),
            "+1\tF1\tInvalid key: nowhere (a key begins with priv/ or shared/)",
            "the commit of nowhere failed: Invalid key"),
        Arguments.of(
            "a number too large for the column",
            bytes(HELLO + "B1\t\nS1\t" + key + "\t99999999999\nC1\n"),
            "+1\tF1\tsql dict: commit failed: key "
                + key
                + ": table last_login [imap, username, domain]: ",
            "the commit of "
                + key
                + " failed: sql dict: commit failed: key "
                + key
                + ": table last_login "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputs")
  void isAnsweredAndLogged(String what, byte[] input, String answer, String logged)
      throws Exception {
    int logBefore = daemon.log().length();
    try (WireClient client = WireClient.connect(socket())) {
      client.sendBytes(input);
      if (answer == null) {
        assertThat(client.readLine()).as(what).isNull();
      } else {
        assertThat(client.readLine()).isEqualTo("*1");
        assertThat(client.readReply()).startsWith(answer);
      }
    }
    daemon.awaitLog(logged, logBefore);
    assertServesTheNextClient();
  }

  @Tag("slow")
  @Test
  void aDatabaseThatIsSlowIsAnsweredForInTime() throws Exception {
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement();
        WireClient client = WireClient.connect(socket())) {
      statement.execute("LOCK TABLES last_login WRITE");
      // The client of the test gives up after 40 s, Dovecot's after 30 s.
      client.send(HELLO + "B1\t\nS1\tshared/last-login/pop3/slow@b.io/b.io\t1\nC1");
      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readReply()).startsWith("+1\tF1\tsql dict: commit failed: ");
      daemon.awaitLog("the commit of shared/last-login/pop3/slow@b.io/b.io failed");
      statement.execute("UNLOCK TABLES");
    }
    assertServesTheNextClient();
    assertThat(database.query("SELECT * FROM last_login WHERE username = 'slow@b.io'")).isEmpty();
  }

  @Tag("slow")
  @Test
  void aDatabaseThatDropsTheConnectionIsAnsweredFor() throws Exception {
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement();
        WireClient client = WireClient.connect(socket())) {
      statement.execute("LOCK TABLES last_login WRITE");
      client.send(HELLO + "B1\t\nS1\tshared/last-login/pop3/cut@b.io/b.io\t1\nC1");
      assertThat(client.readLine()).isEqualTo("*1");
      // It is retried until its timeout. The statement is its own transaction: without an answer
      // its outcome is unknown.
      killWriter();
      killWriter();
      assertThat(client.readReply()).startsWith("+1\tW1\t").contains("cut@b.io");
      daemon.awaitLog("the commit of shared/last-login/pop3/cut@b.io/b.io");
      statement.execute("UNLOCK TABLES");
    }
    Awaitility.await().untilAsserted(BadInputIT::assertServesTheNextClient);
  }

  private static void killWriter() throws Exception {
    String sessions =
        "SELECT id FROM information_schema.processlist WHERE db = '"
            + database.name()
            + "' AND state LIKE 'Waiting for table%' AND info LIKE '%INSERT INTO%'";
    Awaitility.await().until(() -> !database.query(sessions).isEmpty());
    String session = database.query(sessions).get(0);
    database.execute("KILL " + session);
    Awaitility.await().until(() -> !database.query(sessions).contains(session));
  }

  private static void assertServesTheNextClient() throws Exception {
    try (WireClient client = WireClient.connect(socket())) {
      client.send(HELLO + "B1\t\nS1\tshared/last-login/imap/next@b.io/b.io\t7\nC1");
      assertThat(client.readLine()).isEqualTo("*1");
      assertThat(client.readReply()).isEqualTo("+1\tO1");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Path socket() {
    return directory.resolve("dict");
  }
}
