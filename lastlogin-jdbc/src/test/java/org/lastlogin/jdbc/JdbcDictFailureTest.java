package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.jdbc.testing.UnpooledDataSource;

/** Many commits at once, and databases that refuse, vanish and hang. */
class JdbcDictFailureTest {
  /** What MariaDB calls ER_NO_SUCH_THREAD. */
  private static final int NO_SUCH_SESSION = 1094;

  private static final DictContext NOBODY = DictContext.NO_USER;

  private TestDatabase database;
  private HikariDataSource pool;
  private JdbcDict dict;

  private void open(TestDatabases kind) {
    open(kind, Duration.ofSeconds(20));
  }

  private void open(TestDatabases kind, Duration timeLimit) {
    database = kind.create();
    pool = database.pool(4);
    JdbcSchema.of(Maps.ALL).createMissing(pool);
    dict =
        JdbcDict.builder(pool, Maps.ALL)
            .queueCapacity(30_000)
            .statementTimeLimit(Duration.ofSeconds(1))
            .timeLimit(timeLimit)
            .build();
  }

  @AfterEach
  void close() {
    dict.close();
    pool.close();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private CompletionStage<CommitResult> set(String key, String value) {
    return dict.commit(DictTransaction.builder(NOBODY).set(key, value).build());
  }

  private List<String> count() throws SQLException {
    return database.query("SELECT COUNT(*) FROM tree");
  }

  @ParameterizedTest
  @EnumSource
  void losesNoneOfManyCommits(TestDatabases kind) throws Exception {
    open(kind);
    List<CompletionStage<CommitResult>> commits = new ArrayList<>();
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int client = 0; client < 4; client++) {
      String path = "shared/tree/" + client + "/";
      clients.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 5_000; i++) {
                  CompletionStage<CommitResult> commit = set(path + i, "v");
                  synchronized (commits) {
                    commits.add(commit);
                  }
                }
              }));
    }
    for (CompletableFuture<Void> client : clients) {
      get(client);
    }
    for (CompletionStage<CommitResult> commit : commits) {
      assertThat(get(commit)).isEqualTo(CommitResult.COMMITTED);
    }
    assertThat(count()).containsExactly("20000");
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheOrderOfCommitsToOneKey(TestDatabases kind) throws Exception {
    open(kind);
    CompletionStage<CommitResult> last = null;
    for (int i = 0; i < 2_000; i++) {
      DictTransaction.Builder transaction = DictTransaction.builder(NOBODY);
      if (i % 7 == 0) {
        transaction.unset("shared/tree/a/b");
      }
      last = dict.commit(transaction.set("shared/tree/a/b", Integer.toString(i)).build());
    }
    get(last);
    assertThat(get(dict.lookup("shared/tree/a/b", NOBODY))).isEqualTo(LookupResult.found("1999"));
  }

  @ParameterizedTest
  @EnumSource
  void answersEachOfManyLookupsWithItsOwnValue(TestDatabases kind) throws Exception {
    open(kind);
    for (int i = 0; i < 500; i += 2) {
      get(set("shared/tree/a/" + i, "v" + i));
    }
    List<CompletionStage<LookupResult>> lookups =
        IntStream.range(0, 2_000)
            .mapToObj(i -> dict.lookup("shared/tree/a/" + i % 500, NOBODY))
            .toList();
    for (int i = 0; i < lookups.size(); i++) {
      assertThat(get(lookups.get(i)))
          .isEqualTo(i % 2 == 0 ? LookupResult.found("v" + i % 500) : LookupResult.notFound());
    }
  }

  /** SQLite takes what is too long for a column. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
  void failsTheRefusedCommitAlone(TestDatabases kind) throws Exception {
    open(kind);
    List<CompletionStage<CommitResult>> good =
        IntStream.range(0, 300).mapToObj(i -> set("shared/tree/a/" + i, "v")).toList();
    CompletionStage<CommitResult> bad = set("shared/tree/bad/one", "x".repeat(300));
    List<CompletionStage<CommitResult>> after =
        IntStream.range(0, 300).mapToObj(i -> set("shared/tree/b/" + i, "v")).toList();

    assertThatThrownBy(() -> get(bad))
        .hasCauseInstanceOf(DictException.class)
        .hasMessageContaining("table tree");
    for (CompletionStage<CommitResult> commit : good) {
      assertThat(get(commit)).isEqualTo(CommitResult.COMMITTED);
    }
    for (CompletionStage<CommitResult> commit : after) {
      assertThat(get(commit)).isEqualTo(CommitResult.COMMITTED);
    }
    assertThat(count()).containsExactly("600");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
  void doesNotQuoteHiddenValues(TestDatabases kind) throws Exception {
    open(kind);
    String secret = "classified".repeat(30);
    assertThatThrownBy(
            () ->
                get(
                    dict.commit(
                        DictTransaction.builder(NOBODY)
                            .set("shared/tree/a/b", secret)
                            .hideValues(true)
                            .build())))
        .hasMessageContaining("SQL state")
        .satisfies(e -> assertThat(e.getCause()).hasNoCause());
  }

  @ParameterizedTest
  @EnumSource
  void unfinishedIncrementLeavesNothingInAGroup(TestDatabases kind) throws Exception {
    open(kind);
    List<CompletionStage<CommitResult>> commits = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String key = "shared/tree/n/" + i;
      commits.add(
          dict.commit(
              DictTransaction.builder(DictContext.of("u" + i))
                  .set(key, "v")
                  .increment("priv/quota/storage", 1)
                  .build()));
      commits.add(set("shared/tree/y/" + i, "v"));
    }
    for (int i = 0; i < commits.size(); i++) {
      assertThat(get(commits.get(i)))
          .isEqualTo(i % 2 == 0 ? CommitResult.NOT_FOUND : CommitResult.COMMITTED);
    }
    assertThat(count()).containsExactly("50");
  }

  @ParameterizedTest
  @EnumSource
  void doesNotWaitForALockForever(TestDatabases kind) throws Exception {
    open(kind, Duration.ofSeconds(3));
    get(dict.lookup("shared/tree/a/b", NOBODY));
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      lockTree(kind, statement);
      assertThatThrownBy(() -> get(set("shared/tree/a/b", "v")))
          .hasCauseInstanceOf(DictException.class);
      if (kind != TestDatabases.SQLITE) { // where readers do not wait for writers
        assertThatThrownBy(() -> get(dict.lookup("shared/tree/a/b", NOBODY)))
            .hasCauseInstanceOf(DictException.class);
      }
    }
    assertThat(get(set("shared/tree/a/c", "v"))).isEqualTo(CommitResult.COMMITTED);
    assertThat(count()).containsExactly("1");
  }

  private static void lockTree(TestDatabases kind, Statement statement) throws SQLException {
    switch (kind) {
      case MARIADB, HOST_MARIADB, MYSQL -> statement.execute("LOCK TABLES tree WRITE");
      case SQLITE -> statement.execute("BEGIN IMMEDIATE");
      case POSTGRESQL -> {
        statement.execute("BEGIN");
        statement.execute("LOCK TABLE tree IN ACCESS EXCLUSIVE MODE");
      }
    }
  }

  /** PostgreSQL can be told to do work, and to fail, within COMMIT itself. */
  private void duringCommit(String work) throws SQLException {
    database.execute(
        "CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            + work
            + "; RETURN NULL; END $$",
        "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON tree DEFERRABLE INITIALLY DEFERRED"
            + " FOR EACH ROW EXECUTE FUNCTION at_commit()");
  }

  @Test
  void saysThatNobodyKnowsWhenTheCommitIsNotAnswered() throws Exception {
    open(TestDatabases.POSTGRESQL);
    DictContext user = DictContext.of("u");
    get(dict.commit(DictTransaction.builder(user).set("priv/quota/storage", "1").build()));
    duringCommit("PERFORM pg_sleep(60)");

    // An increment cannot be repeated to find out.
    DictTransaction.Builder transaction = DictTransaction.builder(user);
    transaction.set("shared/tree/a/b", "v").increment("priv/quota/storage", 1);
    assertThatThrownBy(() -> get(dict.commit(transaction.build())))
        .hasCauseInstanceOf(UncertainCommitException.class);
  }

  @Test
  void knowsThatACommitWasRefused() throws Exception {
    open(TestDatabases.POSTGRESQL);
    duringCommit("RAISE EXCEPTION 'not today'");

    assertThatThrownBy(() -> get(set("shared/tree/a/b", "v")))
        .hasMessageContaining("not today")
        .cause()
        .isExactlyInstanceOf(DictException.class);
    assertThat(count()).containsExactly("0");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
  void getsOverAConnectionThatWasKilled(TestDatabases kind) throws Exception {
    open(kind);
    for (int i = 0; i < 5; i++) {
      get(set("shared/tree/a/" + i, "v"));
      killSessions(kind);
    }
    // The pool hands out dead connections for a moment; one more try is what a commit gets.
    assertThat(count()).containsExactly("5");
  }

  private void killSessions(TestDatabases kind) throws SQLException {
    if (kind == TestDatabases.POSTGRESQL) {
      database.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle'");
      return;
    }
    for (String id :
        database.query(
            "SELECT id FROM information_schema.processlist"
                + " WHERE db = DATABASE() AND id <> CONNECTION_ID()")) {
      kill(id);
    }
  }

  private void kill(String session) throws SQLException {
    try {
      database.execute("KILL " + session);
    } catch (SQLException e) {
      // One that has ended by itself since it was listed is as dead as it shall be.
      if (e.getErrorCode() != NO_SUCH_SESSION) {
        throw e;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
  void sessionsThatDieUnderLoadLoseNoAnsweredCommit(TestDatabases kind) throws Exception {
    open(kind);
    List<CompletionStage<CommitResult>> commits = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      for (int i = 0; i < 200; i++) {
        commits.add(set("shared/tree/" + round + "/" + i, "v"));
      }
      killSessions(kind);
    }
    int committed = 0;
    for (CompletionStage<CommitResult> commit : commits) {
      try {
        get(commit);
        committed++;
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(DictException.class);
      }
    }
    assertThat(Integer.parseInt(count().get(0))).isBetween(committed, commits.size());
    assertThat(get(set("shared/tree/last/one", "v"))).isEqualTo(CommitResult.COMMITTED);
  }

  @ParameterizedTest
  @EnumSource
  void writesOnWhenTheUniqueKeyChanges(TestDatabases kind) throws Exception {
    open(kind);
    get(set("shared/tree/a/b", "old"));
    database.execute(
        "DROP TABLE tree",
        "CREATE TABLE tree (a VARCHAR(99), b VARCHAR(99), v VARCHAR(99), PRIMARY KEY (b))");

    get(set("shared/tree/a/b", "v"));
    get(set("shared/tree/a/b", "w"));
    assertThat(database.query("SELECT a, b, v FROM tree")).containsExactly("a,b,w");
  }

  @Test
  void startsWhileTheDatabaseIsDownAndRecovers() throws Exception {
    open(TestDatabases.SQLITE);
    dict.close();
    AtomicBoolean up = new AtomicBoolean();
    dict =
        JdbcDict.create(
            new UnpooledDataSource(
                () -> {
                  if (!up.get()) {
                    throw new SQLException(
                        "No suitable driver found for jdbc:mariadb://h/d?password=hush", "08001");
                  }
                  return pool.getConnection();
                }),
            Maps.ALL);

    assertThatThrownBy(() -> get(set("shared/tree/a/b", "v")))
        .hasCauseInstanceOf(DictException.class)
        .hasMessageContaining("Cannot reach the database")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> get(dict.lookup("shared/tree/a/b", NOBODY)))
        .hasMessageContaining("Cannot reach the database");

    up.set(true);
    assertThat(get(set("shared/tree/a/b", "v"))).isEqualTo(CommitResult.COMMITTED);
    assertThat(get(dict.lookup("shared/tree/a/b", NOBODY))).isEqualTo(LookupResult.found("v"));
  }

  @ParameterizedTest
  @EnumSource
  void closingEndsWhatIsPending(TestDatabases kind) throws Exception {
    open(kind);
    List<CompletionStage<CommitResult>> commits =
        IntStream.range(0, 1_000).mapToObj(i -> set("shared/tree/a/" + i, "v")).toList();

    dict.close();

    for (CompletionStage<CommitResult> commit : commits) {
      assertThat(commit.toCompletableFuture()).isCompletedWithValue(CommitResult.COMMITTED);
    }
    assertThat(count()).containsExactly("1000");
  }
}
