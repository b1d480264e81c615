package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.jdbc.testing.CommitAnswer;
import org.lastlogin.jdbc.testing.KeyHistory;
import org.lastlogin.jdbc.testing.MariaDbProcess;
import org.lastlogin.jdbc.testing.TestDatabase;

/**
 * Kills MariaDB, and then the daemon, in the middle of a load: no answered commit is missing in the
 * end, none waits long for its answer, and the service resumes by itself.
 *
 * <p>{@code -Dlastlogin.durability.kills=10} sets how often each is killed, with 10,000 answered
 * commits before each kill.
 */
@Tag("slow")
class DurabilityIT {
  private static final int KILLS = Integer.getInteger("lastlogin.durability.kills", 1);
  private static final int COMMITS_PER_KILL = 10_000;
  private static final int CLIENTS = 64;
  private static final int IN_FLIGHT = 4;
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
  private static final Duration LONGEST_RESUMPTION = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final long FIRST_TIME = 1_700_000_000L;

  @TempDir Path directory;

  private final Map<CommitAnswer, AtomicLong> answers = new HashMap<>();
  private final AtomicLong longestNanos = new AtomicLong();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final List<Mailbox> mailboxes = new ArrayList<>();
  private TestDatabase database;

  DurabilityIT() {
    for (CommitAnswer answer : CommitAnswer.values()) {
      answers.put(answer, new AtomicLong());
    }
  }

  @Test
  void noAnsweredCommitIsLost() throws Exception {
    try (MariaDbProcess server = MariaDbProcess.start()) {
      database = server.createDatabase("durable");
      database.execute(DictFiles.resource("tutorial-mysql.sql"));
      DaemonProcess daemon = startDaemon();
      try {
        List<Future<Void>> clients = startClients();
        List<Duration> afterDatabase = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
          awaitCommits(COMMITS_PER_KILL);
          server.kill();
          server.startAgain();
          server.awaitReady();
          afterDatabase.add(timeUntilNextCommit());
        }
        List<Duration> afterDaemon = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
          awaitCommits(COMMITS_PER_KILL);
          daemon.kill();
          daemon = startDaemon();
          afterDaemon.add(timeUntilNextCommit());
        }
        awaitCommits(COMMITS_PER_KILL);
        stop.set(true);
        for (Future<Void> client : clients) {
          client.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(daemon.terminate()).isZero();
        System.out.printf(
            "killed %d times each: answers %s; the longest took %d ms; the first commit after the"
                + " database was back: %s; after the daemon was: %s%n",
            KILLS, answers, longestMillis(), afterDatabase, afterDaemon);
        assertThat(afterDatabase).allMatch(time -> time.compareTo(LONGEST_RESUMPTION) < 0);
      } finally {
        stop.set(true);
        daemon.close();
      }
      assertThat(longestMillis()).isLessThan(LONGEST_ANSWER.toMillis());
      assertTableHasWhatWasAnswered();
    }
  }

  private long longestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(longestNanos.get());
  }

  private DaemonProcess startDaemon() throws Exception {
    return DaemonProcess.serve(
        directory,
        DictFiles.option(database, DictFiles.write(directory, database)),
        "unix:" + directory.resolve("dict"));
  }

  private List<Future<Void>> startClients() {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    List<Future<Void>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      List<Mailbox> own = new ArrayList<>();
      for (int j = 0; j < IN_FLIGHT; j++) {
        own.add(new Mailbox(mailboxes.size()));
        mailboxes.add(own.get(j));
      }
      clients.add(threads.submit(new LoadClient(directory.resolve("dict"), own, stop::get)));
    }
    threads.shutdown();
    return clients;
  }

  private long committed() {
    return answers.get(CommitAnswer.COMMITTED).get();
  }

  private void awaitCommits(int more) {
    long enough = committed() + more;
    Awaitility.await().atMost(TIMEOUT).until(() -> committed() >= enough);
  }

  private Duration timeUntilNextCommit() {
    long start = System.nanoTime();
    long before = committed();
    Awaitility.await()
        .atMost(TIMEOUT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> committed() > before);
    return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private void assertTableHasWhatWasAnswered() throws Exception {
    Map<String, String> rows = new HashMap<>();
    for (String row : database.query("SELECT username, imap FROM last_login")) {
      String[] columns = row.split(",", -1);
      rows.put(columns[0], columns[1]);
    }
    for (Mailbox mailbox : mailboxes) {
      Optional<String> time =
          Optional.ofNullable(rows.get("user" + mailbox.number + "@example.com"));
      assertThat(mailbox.history.possible()).as("user %s: %s", mailbox.number, time).contains(time);
    }
  }

  /** Supplies logins with increasing times. */
  private final class Mailbox implements LoadClient.Source {
    private final int number;
    private final KeyHistory history = new KeyHistory();
    private long time = FIRST_TIME;

    Mailbox(int number) {
      this.number = number;
    }

    @Override
    public List<String> next() {
      time++;
      return List.of(LoadClient.login("imap", number, time));
    }

    @Override
    public void answered(CommitAnswer answer, Duration took, String text) {
      history.answered(Optional.of(Long.toString(time)), answer);
      answers.get(answer).incrementAndGet();
      longestNanos.accumulateAndGet(took.toNanos(), Math::max);
    }
  }
}
