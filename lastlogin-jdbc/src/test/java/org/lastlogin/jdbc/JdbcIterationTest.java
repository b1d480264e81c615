package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.jdbc.testing.UnpooledDataSource;

/** What becomes of the rows of an iteration, and of its connection, while its consumer is busy. */
class JdbcIterationTest {
  /** 20 MB, more than all buffers between a server and its client hold. */
  private static final int ROWS = 100_000;

  /** While the server still sends, the rows are not in this program. */
  @ParameterizedTest
  @CsvSource({"jdbc:mariadb, disable", "jdbc:mysql, DISABLED"})
  void stayInTheDatabaseUntilTheConsumerWantsThem(String scheme, String noTls) throws Exception {
    TestDatabase database = TestDatabases.MARIADB.create();
    JdbcSchema.of(Maps.ALL).createMissing(database.dataSource());
    database.execute(
        "INSERT INTO tree (a, b, v) SELECT 'x', seq, REPEAT('v', 200) FROM seq_1_to_" + ROWS);
    String url =
        database.url().replaceFirst("jdbc:mariadb", scheme).replaceFirst("disable$", noTls);
    CompletableFuture<Void> go = new CompletableFuture<>();
    AtomicInteger taken = new AtomicInteger();
    RowConsumer waitsAtTheFirstRow = row -> taken.incrementAndGet() == 1 ? go : RowConsumer.READY;
    try (JdbcDict dict =
        JdbcDict.create(
            new UnpooledDataSource(
                () -> DriverManager.getConnection(url, database.user(), database.password())),
            Maps.ALL)) {
      CompletableFuture<Void> done =
          dict.iterate(
                  DictIteration.below("shared/tree/x/", DictContext.NO_USER), waitsAtTheFirstRow)
              .toCompletableFuture();

      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> taken.get() == 1);
      assertThat(
              database.query(
                  "SELECT command FROM information_schema.processlist"
                      + " WHERE db = DATABASE() AND id <> CONNECTION_ID()"))
          .doesNotContain("Sleep")
          .isNotEmpty();

      go.complete(null);
      done.get(60, TimeUnit.SECONDS);
      assertThat(taken).hasValue(ROWS);
    }
  }

  @Test
  void areInTheOrderOfAllTheirValues() throws Exception {
    TestDatabase database = TestDatabases.SQLITE.create();
    JdbcSchema.of(Maps.ALL).createMissing(database.dataSource());
    database.execute(
        "INSERT INTO pair (k, v1, v2) VALUES ('a', 'same', 2), ('b', 'same', 1), ('c', 'first', 3)");
    DictIteration iteration =
        DictIteration.below("shared/pair/", DictContext.NO_USER, DictIteration.Flag.SORT_BY_VALUE);
    try (JdbcDict dict = JdbcDict.create(database.dataSource(), Maps.ALL)) {
      assertThat(BlockingDict.of(dict).list(iteration))
          .extracting(DictRow::key)
          .containsExactly("shared/pair/c", "shared/pair/b", "shared/pair/a");
    }
  }

  @Test
  void endWithTheDict() throws Exception {
    TestDatabase database = TestDatabases.SQLITE.create();
    JdbcSchema.of(Maps.ALL).createMissing(database.dataSource());
    database.execute("INSERT INTO tree (a, b, v) VALUES ('x', '1', 'v'), ('x', '2', 'v')");
    CompletableFuture<Void> ready = new CompletableFuture<>();
    CompletableFuture<DictRow> first = new CompletableFuture<>();
    try (HikariDataSource pool = database.pool(1)) {
      JdbcDict dict = JdbcDict.create(pool, Maps.ALL);
      CompletionStage<Void> iterated =
          dict.iterate(
              DictIteration.below("shared/tree/x/", DictContext.NO_USER),
              row -> {
                first.complete(row);
                return ready;
              });
      first.get(30, TimeUnit.SECONDS);
      dict.close();
      ready.complete(null);

      assertThat(iterated)
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .withMessageContaining("The dict is closed");
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }
  }
}
