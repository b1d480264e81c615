package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * The last_login plugins and doveadms of several Dovecots, which speak three major versions of the
 * protocol, with one program on one socket.
 */
@Tag("slow")
class DovecotInteropIT {
  private static final int USERS = 4;
  private static final int ROUNDS = 4;
  private static final int THREADS = 16;
  private static final List<String> OF_ALL = List.of("-u", "all");

  @TempDir Path directory;
  private final TestDatabase database = TestDatabases.MARIADB.create();
  private final List<Dovecot> dovecots = new ArrayList<>();
  private DaemonProcess daemon;

  @BeforeEach
  void startDaemon() throws Exception {
    DictFiles.createTables(database);
    database.execute("ALTER TABLE last_login ADD COLUMN address VARCHAR(45)");
    String maps =
        DictFiles.tutorialMaps(DictFiles.connect(database))
            + DictFiles.resource("extra-maps.conf")
            + DictFiles.resource("last-address-map.conf");
    Path file = DictFiles.write(directory.resolve("maps.conf"), maps);
    daemon =
        DaemonProcess.serve(
            directory, DictFiles.option(database, file), "unix:" + socket() + "?mode=0666");
  }

  @AfterEach
  void stopEverything() {
    List<AutoCloseable> running = new ArrayList<>(dovecots);
    running.add(daemon);
    // A failure to stop one does not keep the others running.
    SoftAssertions.assertSoftly(
        softly ->
            running.forEach(one -> softly.assertThatCode(one::close).doesNotThrowAnyException()));
  }

  @ParameterizedTest
  @EnumSource
  void doveadmDoesAllItCan(DovecotSystem system) throws Exception {
    system.assumeThere();
    DoveadmDict doveadm = new DoveadmDict(start(system), socket());
    List<String> carol = List.of("-u", "carol");

    doveadm.require("set", List.of(), "shared/tree/a/b", "1");
    doveadm.require("set", List.of(), "shared/tree/a/c/d", "tab\tnewline\nquote'\"\\ü");
    assertThat(doveadm.require("get", List.of(), "shared/tree/a/b")).isEqualTo("1");
    assertThat(doveadm.require("iter", List.of(), "shared/tree/a/"))
        .isEqualTo("key\tvalue\nshared/tree/a/b\t1");
    assertThat(doveadm.require("iter", List.of("-R", "-V"), "shared/tree/"))
        .isEqualTo("key\nshared/tree/a/b\nshared/tree/a/c/d");

    doveadm.require("set", carol, "priv/quota/storage", "1000");
    doveadm.require("inc", carol, "priv/quota/storage", "24");
    assertThat(doveadm.require("get", carol, "priv/quota/storage")).isEqualTo("1024");
    doveadm.require("unset", carol, "priv/quota/storage");
    assertThat(doveadm.run("get", carol, "priv/quota/storage").output()).contains("doesn't exist");
    assertThat(doveadm.run("inc", carol, "priv/quota/storage", "1").output())
        .contains("doesn't exist");

    assertThat(database.query("SELECT * FROM tree ORDER BY b"))
        .containsExactly("a,b,1", "a,c/d,tab\tnewline\nquote'\"\\ü");
    assertThat(database.query("SELECT * FROM quota")).isEmpty();
    assertNoComplaints();
  }

  @Test
  void allOfThemAtOnce() throws Exception {
    for (DovecotSystem system : DovecotSystem.values()) {
      system.assumeThere();
    }
    for (DovecotSystem system : DovecotSystem.values()) {
      start(system);
    }
    database.execute("INSERT INTO quota (username, bytes) VALUES ('all', 0)");
    long before = Instant.now().getEpochSecond();
    List<Callable<Void>> tasks = new ArrayList<>();
    for (Dovecot dovecot : dovecots) {
      for (int i = 0; i < USERS; i++) {
        tasks.addAll(logins(dovecot.client(), user(i, dovecot)));
      }
      tasks.add(() -> setAndGet(new DoveadmDict(dovecot, socket())));
    }

    runAtOnce(tasks);
    // Sessions of LMTP and POP3 end before the plugin receives the answer to its commit.
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> rows(before).equals(expected()));
    assertThat(database.query("SELECT bytes FROM quota"))
        .containsExactly(String.valueOf(ROUNDS * dovecots.size()));
    assertThat(database.query("SELECT * FROM tree ORDER BY a, b")).isEqualTo(expectedTree());
    assertNoComplaints();
  }

  private Dovecot start(DovecotSystem system) throws Exception {
    Dovecot dovecot = Dovecot.startWithLastLogin(system, directory, socket());
    dovecots.add(dovecot);
    return dovecot;
  }

  private Path socket() {
    return directory.resolve("dict");
  }

  private static String user(int number, Dovecot dovecot) {
    return "user" + number + "@" + dovecot.system().lowerCase() + ".example";
  }

  private static List<Callable<Void>> logins(MailClient client, String user) {
    return List.of(
        () -> {
          client.imapLogin(user);
          return null;
        },
        () -> {
          client.pop3Login(user);
          return null;
        },
        () -> {
          client.lmtpDelivery(user);
          return null;
        });
  }

  /** Uses its own keys, and one that all share. */
  private static Void setAndGet(DoveadmDict doveadm) throws IOException, InterruptedException {
    String path = "shared/tree/" + doveadm.dovecot().system().lowerCase() + "/";
    for (int i = 0; i < ROUNDS; i++) {
      doveadm.require("set", List.of(), path + i, "round " + i);
      assertThat(doveadm.require("get", List.of(), path + i)).isEqualTo("round " + i);
      doveadm.require("inc", OF_ALL, "priv/quota/storage", "1");
    }
    doveadm.require("unset", List.of(), path + 0);
    // One line is the heading.
    assertThat(doveadm.require("iter", List.of(), path).lines()).hasSize(ROUNDS);
    return null;
  }

  private static void runAtOnce(List<Callable<Void>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<Void> task : threads.invokeAll(tasks, 5, TimeUnit.MINUTES)) {
        task.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Returns all rows, with 1 for each time since a time. */
  private List<String> rows(long since) throws Exception {
    return database.query(
        "SELECT username, domain, imap >= %1$d, pop3 >= %1$d, lda >= %1$d, address FROM last_login"
                .formatted(since)
            + " ORDER BY username");
  }

  private List<String> expected() {
    List<String> rows = new ArrayList<>();
    for (Dovecot dovecot : dovecots) {
      String address = dovecot.writesFields() ? "127.0.0.1" : "null";
      for (int i = 0; i < USERS; i++) {
        String user = user(i, dovecot);
        rows.add(user + "," + user.substring(user.indexOf('@') + 1) + ",1,1,1," + address);
      }
    }
    return rows.stream().sorted().toList();
  }

  private List<String> expectedTree() {
    List<String> rows = new ArrayList<>();
    for (Dovecot dovecot : dovecots) {
      for (int i = 1; i < ROUNDS; i++) {
        rows.add(dovecot.system().lowerCase() + "," + i + ",round " + i);
      }
    }
    return rows.stream().sorted().toList();
  }

  private void assertNoComplaints() throws Exception {
    for (Dovecot dovecot : dovecots) {
      assertThat(dovecot.log()).doesNotContain("Error", "Warning", "Fatal", "Panic");
    }
    assertThat(daemon.terminate()).isZero();
    assertThat(daemon.logOfServing()).doesNotContain("WARN", "ERROR");
  }
}
