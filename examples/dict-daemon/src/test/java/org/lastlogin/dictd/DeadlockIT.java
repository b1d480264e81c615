package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.lastlogin.jdbc.testing.CommitAnswer;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * Four daemons write the same mailboxes in random order; no commit fails in spite of deadlocks in
 * the database.
 *
 * <p>{@code -Dlastlogin.deadlock.seconds=60} sets the duration.
 */
@Tag("slow")
class DeadlockIT {
  private static final int SECONDS = Integer.getInteger("lastlogin.deadlock.seconds", 5);
  private static final int DAEMONS = 4;
  private static final int CLIENTS_PER_DAEMON = 8;
  private static final int IN_FLIGHT = 4;
  private static final int MAILBOXES = 1_000;
  private static final int MOST_IN_ONE_TRANSACTION = 4;
  private static final List<String> SERVICES = List.of("imap", "pop3", "lda", "lmtp");

  @TempDir Path directory;

  private final AtomicLong committed = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
  void noCommitFails(TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    List<DaemonProcess> daemons = new ArrayList<>();
    try {
      for (int i = 0; i < DAEMONS; i++) {
        daemons.add(startDaemon(i, database));
      }
      for (Future<Void> client : startClients()) {
        client.get(SECONDS + 60, TimeUnit.SECONDS);
      }
      System.out.printf(
          "%s: %d commits of %d daemons in %d s, %d of them failed%n",
          kind, committed.get(), DAEMONS, SECONDS, failures.size());
      assertThat(failures).isEmpty();
      assertThat(committed).hasPositiveValue();
    } finally {
      for (DaemonProcess daemon : daemons) {
        daemon.close();
      }
    }
  }

  private Path home(int daemon) {
    return directory.resolve(Integer.toString(daemon));
  }

  private DaemonProcess startDaemon(int number, TestDatabase database) throws Exception {
    Path home = Files.createDirectory(home(number));
    return DaemonProcess.serve(
            home,
            DictFiles.option(database, DictFiles.write(home, database)),
            "unix:dict",
            "--create-tables")
        .awaitLog("its tables exist");
  }

  private List<Future<Void>> startClients() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    ExecutorService threads = Executors.newFixedThreadPool(DAEMONS * CLIENTS_PER_DAEMON);
    List<Future<Void>> clients = new ArrayList<>();
    for (int i = 0; i < DAEMONS * CLIENTS_PER_DAEMON; i++) {
      List<RandomLogins> sources = new ArrayList<>();
      for (int j = 0; j < IN_FLIGHT; j++) {
        sources.add(new RandomLogins(i * IN_FLIGHT + j));
      }
      Path socket = home(i % DAEMONS).resolve("dict");
      clients.add(
          threads.submit(new LoadClient(socket, sources, () -> System.nanoTime() - end > 0)));
    }
    threads.shutdown();
    return clients;
  }

  /** Logins of mailboxes that others log in to at the same time, several in a transaction. */
  private final class RandomLogins implements LoadClient.Source {
    private final RandomGenerator random;
    private long time = 1_700_000_000L;

    RandomLogins(long seed) {
      this.random = new SplittableRandom(seed);
    }

    @Override
    public List<String> next() {
      List<String> sets = new ArrayList<>();
      for (int i = random.nextInt(MOST_IN_ONE_TRANSACTION); i >= 0; i--) {
        String service = SERVICES.get(random.nextInt(SERVICES.size()));
        sets.add(LoadClient.login(service, random.nextInt(MAILBOXES), ++time));
      }
      return sets;
    }

    @Override
    public void answered(CommitAnswer answer, Duration took, String text) {
      if (answer == CommitAnswer.COMMITTED) {
        committed.incrementAndGet();
      } else {
        failures.add(text);
      }
    }
  }
}
