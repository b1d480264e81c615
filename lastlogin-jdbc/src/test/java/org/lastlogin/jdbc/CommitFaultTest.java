package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.CommitAnswer;
import org.lastlogin.jdbc.testing.FaultyLink;
import org.lastlogin.jdbc.testing.LinkFault;
import org.lastlogin.jdbc.testing.LinkFault.Action;
import org.lastlogin.jdbc.testing.LinkFault.Point;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * One commit, and its connection breaks at each point in turn: what may be repeated is made in the
 * end, what may not is made once or not at all, and the answer says as much as can be known.
 */
@Tag("slow")
class CommitFaultTest {
  private static final DictContext JOE = DictContext.of("joe");
  private static final Duration TIME_LIMIT = Duration.ofSeconds(4);
  private static final Duration LONGEST_ANSWER = TIME_LIMIT.plusSeconds(1);

  private TestDatabase database;
  private FaultyLink link;
  private HikariDataSource pool;
  private JdbcDict dict;

  private void open(TestDatabases kind) throws Exception {
    database = kind.create();
    JdbcSchema.of(Maps.ALL).createMissing(database.dataSource());
    link = FaultyLink.to(database);
    pool = link.database().pool(4);
    dict =
        JdbcDict.builder(pool, Maps.ALL)
            .statementTimeLimit(Duration.ofSeconds(1))
            .timeLimit(TIME_LIMIT)
            .build();
    assertThat(answer(writes("0"))).isEqualTo(CommitAnswer.COMMITTED);
  }

  @AfterEach
  void close() throws Exception {
    dict.close();
    pool.close();
    link.close();
  }

  static Stream<Arguments> points() {
    return Stream.of(TestDatabases.MARIADB, TestDatabases.POSTGRESQL)
        .flatMap(
            kind ->
                Arrays.stream(Point.values())
                    .filter(point -> !point.countsBytes())
                    .map(point -> Arguments.of(kind, point)));
  }

  /** Several statements, so that it takes a transaction. */
  private static DictTransaction writes(String value) {
    return DictTransaction.builder(JOE)
        .set("priv/quota/storage", value)
        .set("shared/tree/a/b", value)
        .unset("shared/tree/a/old")
        .build();
  }

  private static DictTransaction increment() {
    return DictTransaction.builder(JOE)
        .increment("priv/quota/storage", 1)
        .set("shared/tree/a/b", "1")
        .build();
  }

  private CommitAnswer answer(DictTransaction transaction) {
    CompletionStage<CommitResult> commit = dict.commit(transaction);
    Awaitility.await().atMost(LONGEST_ANSWER).until(() -> commit.toCompletableFuture().isDone());
    return CommitAnswer.of(commit);
  }

  private void plan(Point point, Action action) {
    link.plan(new LinkFault(point, 0, action));
  }

  private List<String> rows() throws Exception {
    return database.query("SELECT q.bytes, t.v FROM quota q, tree t");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("points")
  void setsAndUnsetsAreRepeatedUntilTheyAreMade(TestDatabases kind, Point point) throws Exception {
    open(kind);
    database.execute("INSERT INTO tree VALUES ('a', 'old', 'v')");
    plan(point, Action.CUT);

    assertThat(answer(writes("5"))).isEqualTo(CommitAnswer.COMMITTED);

    assertThat(link.left()).isZero();
    assertThat(rows()).containsExactly("5,5");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("points")
  void incrementsAreMadeAtMostOnce(TestDatabases kind, Point point) throws Exception {
    open(kind);
    plan(point, Action.CUT);

    CommitAnswer answer = answer(increment());

    assertThat(link.left()).isZero();
    assertThat(answer).isNotEqualTo(CommitAnswer.NOT_FOUND);
    if (!point.isWithinCommit()) {
      assertThat(answer).isNotEqualTo(CommitAnswer.UNKNOWN);
      assertThat(rows()).containsExactly(answer == CommitAnswer.COMMITTED ? "1,1" : "0,0");
      return;
    }
    assertThat(answer).isEqualTo(CommitAnswer.UNKNOWN);
    switch (point) {
      case BEFORE_COMMIT, WITHIN_COMMIT -> assertThat(rows()).containsExactly("0,0");
      case COMMIT_ANSWERED, WITHIN_COMMITS_ANSWER -> assertThat(rows()).containsExactly("1,1");
      default -> assertThat(rows()).containsAnyOf("0,0", "1,1");
    }
  }

  static Stream<Arguments> ends() {
    return Stream.of(TestDatabases.MARIADB, TestDatabases.POSTGRESQL)
        .flatMap(
            kind ->
                Stream.of(
                    Arguments.of(kind, Point.STATEMENT_SENT, CommitAnswer.FAILED),
                    Arguments.of(kind, Point.COMMIT_ANSWERED, CommitAnswer.UNKNOWN)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("ends")
  void aDatabaseThatStaysAwayIsAnsweredForInTime(
      TestDatabases kind, Point point, CommitAnswer answer) throws Exception {
    open(kind);
    plan(point, Action.END);

    assertThat(answer(writes("5"))).isEqualTo(answer);

    assertThat(link.left()).isZero();
  }

  static Stream<Arguments> silences() {
    return Stream.of(TestDatabases.MARIADB, TestDatabases.POSTGRESQL)
        .flatMap(
            kind ->
                Stream.of(
                    Arguments.of(kind, Point.BEFORE_STATEMENT, Action.DELAY),
                    Arguments.of(kind, Point.STATEMENT_SENT, Action.STALL),
                    Arguments.of(kind, Point.BEFORE_COMMIT, Action.DELAY)));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("silences")
  void silenceIsTakenForAnEnd(TestDatabases kind, Point point, Action action) throws Exception {
    open(kind);
    plan(point, action);

    CommitAnswer answer = answer(increment());

    assertThat(link.left()).isZero();
    // Whatever is on its way still arrives now.
    pool.close();
    Awaitility.await().untilAsserted(() -> assertThat(link.connections()).isZero());
    if (point.isWithinCommit()) {
      assertThat(answer).isEqualTo(CommitAnswer.UNKNOWN);
      assertThat(rows()).containsExactly("1,1");
    } else {
      assertThat(answer).isIn(CommitAnswer.COMMITTED, CommitAnswer.FAILED);
      assertThat(rows()).containsExactly(answer == CommitAnswer.COMMITTED ? "1,1" : "0,0");
    }
  }
}
