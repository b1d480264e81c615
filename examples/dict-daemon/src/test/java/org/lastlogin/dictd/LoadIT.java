package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.dictproto.testing.WireClient;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * Many concurrent logins, one connection each, as Dovecot makes them: no answered login is lost.
 */
@Tag("slow")
class LoadIT {
  private static final int LOGINS = 20_000;
  private static final int CLIENTS = 64;
  private static final int FIRST_TIME = 1_700_000_000;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL", "SQLITE"})
  void allLoginsAreAnsweredAndInTheTable(TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    try (DaemonProcess daemon = start(database)) {
      Set<Integer> answered = ConcurrentHashMap.newKeySet();
      for (Future<?> client : startClients(answered, new AtomicInteger())) {
        client.get(5, TimeUnit.MINUTES);
      }
      assertThat(answered).hasSize(LOGINS);
      assertThat(missing(database, answered)).isEmpty();
      assertThat(daemon.terminate()).isZero();
      assertThat(daemon.logOfServing()).doesNotContain("WARN").doesNotContain("ERROR");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL", "SQLITE"})
  void noAnsweredLoginIsLostWhenTheProgramIsKilled(TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    Set<Integer> answered = ConcurrentHashMap.newKeySet();
    try (DaemonProcess daemon = start(database)) {
      List<Future<?>> clients = startClients(answered, new AtomicInteger());
      Awaitility.await().until(() -> answered.size() > LOGINS / 4);
      daemon.kill();
      for (Future<?> client : clients) {
        assertThat(client).failsWithin(Duration.ofMinutes(1));
      }
    }
    assertThat(answered).hasSizeBetween(LOGINS / 4, LOGINS - 1);
    assertThat(missing(database, answered)).isEmpty();
  }

  private DaemonProcess start(TestDatabase database) throws IOException {
    return DaemonProcess.serve(
            directory,
            DictFiles.option(database, DictFiles.write(directory, database)),
            "unix:" + directory.resolve("dict"),
            "--create-tables")
        .awaitLog("its tables exist");
  }

  /** Clients that share all logins among them; each ends with its first failure. */
  private List<Future<?>> startClients(Set<Integer> answered, AtomicInteger next) {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          threads.submit(
              () -> {
                for (int login = next.getAndIncrement();
                    login < LOGINS;
                    login = next.getAndIncrement()) {
                  logIn(login);
                  answered.add(login);
                }
                return null;
              }));
    }
    threads.shutdown();
    return clients;
  }

  private void logIn(int number) throws IOException {
    String user = "user" + number + "@example.com";
    String service = number % 2 == 0 ? "imap" : "pop3";
    try (WireClient client = WireClient.connect(directory.resolve("dict"))) {
      client.send(
          "H3\t2\t0\t\tlastlogin",
          "B1\t" + user,
          "S1\tshared/last-login/"
              + service
              + "/"
              + user
              + "/example.com\t"
              + (FIRST_TIME + number),
          "C1");
      String accepted = client.readLine();
      String answer = client.readReply();
      if (!"*1".equals(accepted) || !"+1\tO1".equals(answer)) {
        throw new IOException("Login " + number + " was answered: " + accepted + ", " + answer);
      }
    }
  }

  /** Returns the answered logins that are missing from the table. */
  private static Set<String> missing(TestDatabase database, Set<Integer> answered)
      throws Exception {
    Set<String> missing = new HashSet<>();
    for (int number : answered) {
      missing.add("user" + number + "@example.com," + (FIRST_TIME + number));
    }
    missing.removeAll(database.query("SELECT username, COALESCE(imap, pop3) FROM last_login"));
    return missing;
  }
}
