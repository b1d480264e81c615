package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.LastLoginStore;
import org.lastlogin.TimePolicy;
import org.lastlogin.contract.DictContract;
import org.lastlogin.contract.LastLoginStoreContract;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dictproto.client.DictClient;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.JdbcLastLoginStore;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.TestDatabase;

/** A Galera cluster is a database like any other, and may lose a node. */
@Tag("slow")
class GaleraIT {
  private static final int WRITERS = 8;
  private static final DictContext ALICE = DictContext.of("alice@example.com");

  @TempDir Path directory;

  @BeforeAll
  static void needsGalera() {
    GaleraCluster.assumeThere();
  }

  @Nested
  class CalledDirectly extends DictContract {
    private HikariDataSource pool;

    @Override
    protected Dict newDict() throws Exception {
      pool = GaleraCluster.shared().newDatabase().pool(4);
      JdbcSchema.of(DictFiles.extraMaps()).createMissing(pool);
      return JdbcDict.create(pool, DictFiles.extraMaps());
    }

    @AfterEach
    void closePool() {
      pool.close();
    }
  }

  @Nested
  class OverTheWire extends WireContract {
    @Override
    HikariDataSource newPool() throws Exception {
      return GaleraCluster.shared().newDatabase().pool(4);
    }
  }

  @Nested
  class Store extends LastLoginStoreContract {
    private final List<HikariDataSource> pools = new ArrayList<>();

    @Override
    protected LastLoginStore newStore() throws Exception {
      return newStore(TimePolicy.exact()).orElseThrow();
    }

    @Override
    protected Optional<LastLoginStore> newStore(TimePolicy times) throws Exception {
      HikariDataSource pool = GaleraCluster.shared().newDatabase().pool(4);
      pools.add(pool);
      JdbcLastLoginStore store = JdbcLastLoginStore.builder(pool).times(times).build();
      store.createTable();
      return Optional.of(store);
    }

    @AfterEach
    void closePools() {
      pools.forEach(HikariDataSource::close);
    }
  }

  /** A commit that fails as a deadlock is retried, and not counted twice. */
  @Test
  void writersOfTheSameRowsThroughDifferentNodesLoseNothing() throws Exception {
    int rounds = 50;
    TestDatabase database = GaleraCluster.shared().newDatabase();
    JdbcSchema.of(DictFiles.extraMaps()).createMissing(database.dataSource());
    database.execute("INSERT INTO quota (username, bytes) VALUES ('alice@example.com', 0)");
    int conflictsBefore = GaleraCluster.conflicts(1) + GaleraCluster.conflicts(2);
    try (HikariDataSource firstPool = GaleraCluster.at(1, database).pool(4);
        HikariDataSource secondPool = GaleraCluster.at(2, database).pool(4);
        JdbcDict first = JdbcDict.create(firstPool, DictFiles.extraMaps());
        JdbcDict second = JdbcDict.create(secondPool, DictFiles.extraMaps())) {
      List<Callable<Void>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        writers.add(() -> count(first, rounds));
        writers.add(() -> count(second, rounds));
      }
      for (Future<Void> writer : invokeAll(writers)) {
        writer.get();
      }
    }
    String counted = Integer.toString(2 * WRITERS * rounds);
    assertThat(database.query("SELECT bytes FROM quota")).containsExactly(counted);
    assertThat(database.query("SELECT b, v FROM tree")).containsExactly("b," + (rounds - 1));
    for (int node = 1; node <= 3; node++) {
      TestDatabase replica = GaleraCluster.at(node, database);
      Awaitility.await()
          .until(() -> replica.query("SELECT bytes FROM quota").equals(List.of(counted)));
    }
    assertThat(GaleraCluster.conflicts(1) + GaleraCluster.conflicts(2))
        .isGreaterThan(conflictsBefore);
  }

  private static Void count(Dict dict, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      DictTransaction transaction =
          DictTransaction.builder(ALICE)
              .increment("priv/quota/storage", 1)
              .set("shared/tree/a/b", Integer.toString(round))
              .build();
      assertThat(dict.commit(transaction).toCompletableFuture().get(60, TimeUnit.SECONDS))
          .isEqualTo(CommitResult.COMMITTED);
    }
    return null;
  }

  /** Writes that may be repeated are retried, so that some only take longer. */
  @Test
  void losesNoAnsweredCommitWithTheNodeThatIsWrittenTo() throws Exception {
    GaleraCluster cluster = GaleraCluster.shared();
    TestDatabase database = cluster.newDatabase();
    Path maps =
        DictFiles.write(
            directory.resolve("maps.conf"),
            "connect = "
                + GaleraCluster.connect(database)
                + "\n"
                + DictFiles.resource("extra-maps.conf"));
    Path socket = directory.resolve("dict");
    Set<String> answered = ConcurrentHashMap.newKeySet();
    try (DaemonProcess daemon =
            DaemonProcess.serve(
                    directory,
                    DictFiles.option(database, maps),
                    "unix:" + socket,
                    "--create-tables")
                .awaitLog("its tables exist");
        DictClient client = DictClient.builder(socket, "lastlogin").build()) {
      setWhile(
          client,
          answered,
          () -> {
            awaitSize(answered, 1_000);
            cluster.kill(1);
            awaitSize(answered, answered.size() + 2_000);
          });
      assertThat(daemon.terminate()).isZero();
    }
    assertThat(rows(2, database)).containsAll(answered);
    assertThat(rows(3, database)).containsAll(answered);
    cluster.start(1);
    assertThat(rows(1, database)).containsAll(answered);
  }

  private static void awaitSize(Set<String> answered, int size) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> answered.size() >= size);
  }

  private static List<String> rows(int node, TestDatabase database) throws Exception {
    return GaleraCluster.at(node, database).query("SELECT a, b FROM tree");
  }

  /** An action that disturbs a cluster. */
  private interface Action {
    void run() throws Exception;
  }

  /** Sets one key after the other, by several writers, while something happens. */
  private static void setWhile(Dict dict, Set<String> answered, Action action) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> writers =
          IntStream.range(0, WRITERS)
              .<Future<?>>mapToObj(
                  writer ->
                      threads.submit(
                          () -> {
                            for (int i = 0; !done.get(); i++) {
                              set(dict, answered, writer, i);
                            }
                            return null;
                          }))
              .toList();
      action.run();
      done.set(true);
      for (Future<?> writer : writers) {
        writer.get(60, TimeUnit.SECONDS);
      }
    } finally {
      done.set(true);
      threads.shutdown();
    }
  }

  private static void set(Dict dict, Set<String> answered, int writer, int number)
      throws Exception {
    DictTransaction transaction =
        DictTransaction.builder(DictContext.NO_USER)
            .set("shared/tree/" + writer + "/" + number, "v")
            .build();
    assertThat(dict.commit(transaction).toCompletableFuture().get(60, TimeUnit.SECONDS))
        .isEqualTo(CommitResult.COMMITTED);
    answered.add(writer + "," + number);
  }

  private static List<Future<Void>> invokeAll(List<Callable<Void>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      return threads.invokeAll(tasks, 2, TimeUnit.MINUTES);
    } finally {
      threads.shutdown();
    }
  }
}
