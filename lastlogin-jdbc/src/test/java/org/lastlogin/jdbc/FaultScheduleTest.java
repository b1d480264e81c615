package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.jdbc.FaultClient.Deed;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.CommitAnswer;
import org.lastlogin.jdbc.testing.FaultyLink;
import org.lastlogin.jdbc.testing.LinkFault;
import org.lastlogin.jdbc.testing.LinkFault.Action;
import org.lastlogin.jdbc.testing.LinkFault.Point;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * Connections that break, fall silent and deliver late, at random points of commits that several
 * clients make: afterwards the tables have what the answers allow, and no increment is made twice.
 *
 * <p>{@code -Dlastlogin.faults.schedules=100} says how many schedules there are for each database,
 * {@code -Dlastlogin.faults.seed=1} which is the first; a schedule's seed is in its test's name.
 */
@Tag("slow")
class FaultScheduleTest {
  private static final int SCHEDULES = Integer.getInteger("lastlogin.faults.schedules", 5);
  private static final long FIRST_SEED = Long.getLong("lastlogin.faults.seed", 1);

  private static final List<Point> POINTS = List.of(Point.values());
  private static final int CLIENTS = 4;
  private static final Duration STATEMENT_TIME_LIMIT = Duration.ofSeconds(1);
  private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

  /** A machine that has other things to do may be late. */
  private static final Duration LONGEST_ANSWER = TIME_LIMIT.plusSeconds(2);

  static Stream<Arguments> schedules() {
    return Stream.of(TestDatabases.MARIADB, TestDatabases.POSTGRESQL)
        .flatMap(
            kind ->
                LongStream.range(FIRST_SEED, FIRST_SEED + SCHEDULES)
                    .mapToObj(seed -> Arguments.of(kind, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("schedules")
  void tablesHaveWhatTheAnswersAllow(TestDatabases kind, long seed) throws Exception {
    TestDatabase database = kind.create();
    JdbcSchema.of(Maps.ALL).createMissing(database.dataSource());
    database.execute("INSERT INTO quota (username, bytes) VALUES ('exact', 0), ('alone', 0)");
    AnsweredTable expected = new AnsweredTable();
    List<LinkFault> faults = faults(seed);
    try (FaultyLink link = FaultyLink.to(database);
        HikariDataSource pool = link.database().pool(6);
        JdbcDict dict = dict(pool)) {
      faults.forEach(link::plan);
      for (Deed deed : run(dict, link, seed)) {
        expected.add(deed);
        assertThat(Duration.ofNanos(deed.nanos().get())).isLessThan(LONGEST_ANSWER);
      }
      System.out.println(kind + ", seed " + seed + ": " + faults + ": " + expected);
      assertThat(link.left()).as("faults that did not happen").isZero();
      requireService(dict);
      // With the pool closed, what is left are connections whose requests are under way still.
      pool.close();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(link.connections()).isZero());
    }
    expected.requireOf(database);
  }

  private static JdbcDict dict(HikariDataSource pool) {
    return JdbcDict.builder(pool, Maps.ALL)
        .statementTimeLimit(STATEMENT_TIME_LIMIT)
        .timeLimit(TIME_LIMIT)
        .build();
  }

  private static List<LinkFault> faults(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    List<LinkFault> faults = new ArrayList<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      Point point = POINTS.get(random.nextInt(POINTS.size()));
      int passing = random.nextInt(point.countsBytes() ? 10_000 : 10);
      // Those that take time are rarer.
      int action = random.nextInt(8);
      faults.add(
          new LinkFault(
              point,
              passing,
              action == 0 ? Action.STALL : action == 1 ? Action.DELAY : Action.CUT));
    }
    return faults;
  }

  /** All clients at once; returns what they did, each client's deeds in their order. */
  private static List<Deed> run(JdbcDict dict, FaultyLink link, long seed) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<List<Deed>>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        FaultClient client = new FaultClient(dict, i, seed);
        clients.add(() -> client.run(() -> link.left() == 0));
      }
      List<Deed> deeds = new ArrayList<>();
      for (Future<List<Deed>> client : threads.invokeAll(clients, 5, TimeUnit.MINUTES)) {
        deeds.addAll(client.get());
      }
      return deeds;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void requireService(JdbcDict dict) {
    DictTransaction login =
        DictTransaction.of(
            DictContext.NO_USER,
            new DictOperation.Set("shared/last-login/imap/joe@b.io/b.io", "1700000000"));
    assertThat(CommitAnswer.of(dict.commit(login))).isEqualTo(CommitAnswer.COMMITTED);
  }
}
