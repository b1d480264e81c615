package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** Databases that refuse logins, or do not answer: all commits are answered in time. */
@Tag("slow")
class UnreachableDatabaseTest {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(4);
  private static final Duration LONGEST_ANSWER = TIME_LIMIT.plusSeconds(1);
  private static final String SECRET = "hush-hush";

  private static HikariDataSource pool(String user, String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(SECRET);
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(1_000);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  private static JdbcDict dict(HikariDataSource pool) {
    return JdbcDict.builder(pool, Maps.ALL)
        .statementTimeLimit(Duration.ofSeconds(1))
        .timeLimit(TIME_LIMIT)
        .build();
  }

  private static List<CompletionStage<CommitResult>> commit(JdbcDict dict, int count) {
    return IntStream.range(0, count).mapToObj(i -> commitOne(dict, i)).toList();
  }

  private static CompletionStage<CommitResult> commitOne(JdbcDict dict, int number) {
    return dict.commit(
        DictTransaction.of(
            DictContext.NO_USER, new DictOperation.Set("shared/tree/a/" + number, "v")));
  }

  private static void assertAllFail(List<CompletionStage<CommitResult>> commits, String cause) {
    for (CompletionStage<CommitResult> commit : commits) {
      assertThat(commit.toCompletableFuture())
          .failsWithin(LONGEST_ANSWER)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(DictException.class)
          .isNotInstanceOf(UncertainCommitException.class)
          .withMessageMatching("(?s).*(" + cause + ").*")
          .withMessageNotContaining(SECRET);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void whoIsNotLetInIsToldSoUntilHeIs(TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    JdbcSchema.of(Maps.ALL).createMissing(database.dataSource());
    String user = "shut_out_" + database.name();
    createUser(database, user);
    try (HikariDataSource pool = pool(user, database.url());
        JdbcDict dict = dict(pool)) {
      assertAllFail(commit(dict, 20), "Access denied for user|is not permitted to log in");

      letIn(database, user);
      assertThat(commitOne(dict, 1).toCompletableFuture())
          .succeedsWithin(LONGEST_ANSWER)
          .isEqualTo(CommitResult.COMMITTED);
    }
  }

  /** PostgreSQL asks for no password here. */
  private static void createUser(TestDatabase database, String user) throws SQLException {
    if (database.kind() == TestDatabases.MARIADB) {
      database.execute(
          "CREATE USER " + user + "@'%' IDENTIFIED BY 'another'",
          "CREATE USER " + user + "@localhost IDENTIFIED BY 'another'",
          "GRANT ALL ON " + database.name() + ".* TO " + user + "@'%'",
          "GRANT ALL ON " + database.name() + ".* TO " + user + "@localhost");
    } else {
      database.execute("CREATE ROLE " + user + " SUPERUSER NOLOGIN");
    }
  }

  private static void letIn(TestDatabase database, String user) throws SQLException {
    if (database.kind() == TestDatabases.MARIADB) {
      database.execute(
          "ALTER USER " + user + "@'%' IDENTIFIED BY '" + SECRET + "'",
          "ALTER USER " + user + "@localhost IDENTIFIED BY '" + SECRET + "'");
    } else {
      database.execute("ALTER ROLE " + user + " LOGIN");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "POSTGRESQL"})
  void aServerThatNeverAnswersIsAnsweredForInTime(TestDatabases kind) throws Exception {
    // The kernel accepts connections, and nothing reads from them.
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String scheme = kind == TestDatabases.MARIADB ? "jdbc:mariadb" : "jdbc:postgresql";
      String url = scheme + "://127.0.0.1:" + silent.getLocalPort() + "/d";
      try (HikariDataSource pool = pool("u", url);
          JdbcDict dict = dict(pool)) {
        assertAllFail(commit(dict, 20), "Cannot reach the database: .+");
      }
    }
  }
}
