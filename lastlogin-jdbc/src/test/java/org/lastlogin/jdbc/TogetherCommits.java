package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/**
 * A dict whose commits are written as a group: a table is locked while they are submitted, so that
 * the first of them keep the writers busy, and the others wait for them together.
 */
public final class TogetherCommits implements AutoCloseable {
  private static final DictContext NOBODY = DictContext.NO_USER;
  private static final int AROUND = 15;

  private static final DictMap GOOD =
      DictMap.builder("shared/good/$k", "good")
          .valueField("v", ValueType.STRING)
          .keyField("k", "k")
          .build();

  private final TestDatabase database;
  private final HikariDataSource pool;
  private final JdbcDict dict;
  private int good;

  private TogetherCommits(TestDatabase database, HikariDataSource pool, JdbcDict dict) {
    this.database = database;
    this.pool = pool;
    this.dict = dict;
  }

  /**
   * A dict in a new database.
   *
   * @param tables statements that create the tables of the maps
   */
  public static TogetherCommits open(TestDatabases kind, DictMaps maps, String... tables)
      throws SQLException {
    return open(kind.create(), maps, tables);
  }

  /** The same in a database that is there. */
  public static TogetherCommits open(TestDatabase database, DictMaps maps, String... tables)
      throws SQLException {
    database.execute(tables);
    List<DictMap> all = new ArrayList<>(maps.asList());
    all.add(GOOD);
    JdbcSchema.of(DictMaps.of(GOOD)).createMissing(database.dataSource());
    HikariDataSource pool = database.pool(6);
    JdbcDict dict =
        JdbcDict.builder(pool, DictMaps.of(all))
            .statementTimeLimit(Duration.ofSeconds(1))
            .timeLimit(Duration.ofSeconds(6))
            .build();
    return new TogetherCommits(database, pool, dict);
  }

  public TestDatabase database() {
    return database;
  }

  public JdbcDict dict() {
    return dict;
  }

  /** Commits one transaction alone, which must succeed. */
  public void set(String key, String value) throws Exception {
    assertThat(get(dict.commit(of(new DictOperation.Set(key, value)))))
        .isEqualTo(CommitResult.COMMITTED);
  }

  public static DictTransaction of(DictOperation operation) {
    return DictTransaction.of(NOBODY, operation);
  }

  /** Commits one that must fail, and others around it that must not; returns why it failed. */
  public AbstractThrowableAssert<?, ?> assertRefusedAlone(DictTransaction bad) throws Exception {
    List<CompletionStage<CommitResult>> others = new ArrayList<>();
    CompletionStage<CommitResult> refused;
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      lock(statement);
      submitGood(others);
      refused = dict.commit(bad);
      submitGood(others);
    }
    Throwable failure = catchThrowable(() -> get(refused));
    for (CompletionStage<CommitResult> commit : others) {
      assertThat(get(commit)).isEqualTo(CommitResult.COMMITTED);
    }
    assertThat(database.query("SELECT COUNT(*) FROM good")).containsExactly(Integer.toString(good));
    return assertThat(failure)
        .cause()
        .isInstanceOf(DictException.class)
        .isNotInstanceOf(UncertainCommitException.class);
  }

  private void submitGood(List<CompletionStage<CommitResult>> commits) {
    for (int i = 0; i < AROUND; i++) {
      commits.add(dict.commit(of(new DictOperation.Set("shared/good/" + good++, "v"))));
    }
  }

  /** Until the connection is closed. */
  private void lock(Statement statement) throws SQLException {
    switch (database.kind()) {
      case MARIADB, HOST_MARIADB, MYSQL -> statement.execute("LOCK TABLES good WRITE");
      case SQLITE -> statement.execute("BEGIN IMMEDIATE");
      case POSTGRESQL -> {
        statement.execute("BEGIN");
        statement.execute("LOCK TABLE good IN ACCESS EXCLUSIVE MODE");
      }
    }
  }

  public static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    dict.close();
    pool.close();
  }
}
