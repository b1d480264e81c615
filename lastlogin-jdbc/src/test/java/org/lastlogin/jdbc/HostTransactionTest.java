package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.LastLogin;
import org.lastlogin.LastLoginStoreException;
import org.lastlogin.LoginEvent;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.HostProgram;
import org.lastlogin.jdbc.testing.HostProgram.Host;
import org.lastlogin.jdbc.testing.MariaDbProcess;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** What a store does to the transactions of the program that it is part of: nothing unasked. */
class HostTransactionTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ALICE = "alice@example.com";
  private static final String BOB = "bob@example.com";

  /** Each program on each database, but for what does not exist. */
  static Stream<Arguments> hosts() {
    return Stream.of(HostProgram.values())
        .flatMap(
            program ->
                Stream.of(TestDatabases.values())
                    .filter(kind -> program != HostProgram.XA || kind != TestDatabases.SQLITE)
                    .map(kind -> Arguments.of(program, kind)));
  }

  /** Returns a database with the host's own table, in which Alice is, and the store's table. */
  private static TestDatabase database(TestDatabases kind) throws SQLException {
    TestDatabase database = kind.create();
    prepare(database);
    return database;
  }

  private static void prepare(TestDatabase database) throws SQLException {
    JdbcLastLoginStore.create(database.dataSource()).createTable();
    database.execute(
        "CREATE TABLE mailbox (username VARCHAR(100) PRIMARY KEY)",
        "INSERT INTO mailbox VALUES ('alice@example.com')");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Returns a store in which Alice is. */
  private static JdbcLastLoginStore storeOfAlice(TestDatabase database, Duration limit) {
    JdbcLastLoginStore store =
        JdbcLastLoginStore.builder(database.dataSource()).statementTimeLimit(limit).build();
    store.record(LoginEvent.of("imap", ALICE, NOON));
    return store;
  }

  /** Returns a connection with auto-commit off. */
  private static Connection transaction(TestDatabase database) throws SQLException {
    Connection connection = database.dataSource().getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  /** Locks the row of a mailbox, until the connection's transaction ends. */
  private static void lock(Connection connection, String mailbox) throws SQLException {
    execute(connection, "UPDATE last_login SET imap=1 WHERE username='" + mailbox + "'");
  }

  private static List<String> mailboxes(TestDatabase database) throws SQLException {
    return database.query("SELECT username FROM mailbox ORDER BY username");
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void rollbackOfTheHostUndoesAll(HostProgram program, TestDatabases kind) throws Exception {
    TestDatabase database = database(kind);
    JdbcLastLoginStore outside = JdbcLastLoginStore.create(database.dataSource());
    outside.record(LoginEvent.of("imap", BOB, NOON));
    try (Host host = program.start(database, HostProgram::joining)) {
      host.rollBack(
          (store, connection) -> {
            execute(connection, "DELETE FROM mailbox");
            assertThat(store.find(BOB)).isPresent();
            assertThat(store.findAll(List.of(BOB))).hasSize(1);
            assertThat(store.list("example.com")).hasSize(1);
            store.record(List.of(LoginEvent.of("imap", ALICE, NOON)));
            assertThat(store.find(ALICE)).as("within the transaction").isPresent();
            assertThat(store.delete(BOB)).isTrue();
            assertThat(store.check()).isEmpty();
          });
    }

    assertThat(mailboxes(database)).containsExactly(ALICE);
    assertThat(outside.find(ALICE)).isEmpty();
    assertThat(outside.find(BOB)).isPresent();
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void commitOfTheHostKeepsAll(HostProgram program, TestDatabases kind) throws Exception {
    TestDatabase database = database(kind);
    try (Host host = program.start(database, HostProgram::joining)) {
      host.commit(
          (store, connection) -> {
            execute(connection, "INSERT INTO mailbox VALUES ('bob@example.com')");
            store.record(
                List.of(LoginEvent.of("imap", ALICE, NOON), LoginEvent.of("pop3", BOB, NOON)));
          });
    }

    assertThat(mailboxes(database)).containsExactly(ALICE, BOB);
    assertThat(JdbcLastLoginStore.create(database.dataSource()).findAll(List.of(ALICE, BOB)))
        .containsOnlyKeys(ALICE, BOB);
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void failedCallUndoesItselfAlone(HostProgram program, TestDatabases kind) throws Exception {
    TestDatabase database = database(kind);
    // The second column is missing: of two statements, the second one fails.
    database.execute("DROP TABLE last_login");
    database.execute(
        "CREATE TABLE last_login (username VARCHAR(100) PRIMARY KEY, domain VARCHAR(100),"
            + " imap BIGINT, lda BIGINT)");
    try (Host host = program.start(database, HostProgram::joining)) {
      host.commit(
          (store, connection) -> {
            execute(connection, "INSERT INTO mailbox VALUES ('bob@example.com')");
            assertThatThrownBy(() -> store.find(ALICE))
                .isInstanceOf(LastLoginStoreException.class)
                .hasMessageContaining("pop3")
                .hasMessageNotContaining("has ended");
            assertThatThrownBy(
                    () ->
                        store.record(
                            List.of(
                                LoginEvent.of("imap", ALICE, NOON),
                                LoginEvent.of("pop3", BOB, NOON))))
                .hasMessageContaining("pop3");
            store.record(LoginEvent.of("lda", BOB, NOON));
            execute(connection, "DELETE FROM mailbox WHERE username='alice@example.com'");
          });
    }

    assertThat(mailboxes(database)).containsExactly(BOB);
    assertThat(database.query("SELECT username,imap FROM last_login"))
        .containsExactly("bob@example.com,null");
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void tablesAreNotCreatedWithin(HostProgram program, TestDatabases kind) throws Exception {
    TestDatabase database = database(kind);
    try (Host host = program.start(database, HostProgram::joining)) {
      host.rollBack(
          (store, connection) -> {
            execute(connection, "DELETE FROM mailbox");
            assertThatThrownBy(store::createTable)
                .isInstanceOf(LastLoginStoreException.class)
                .hasMessageContaining("MySQL and MariaDB commit");
          });
    }
    assertThat(mailboxes(database)).containsExactly(ALICE);
  }

  @ParameterizedTest
  @EnumSource(
      value = HostProgram.class,
      names = {"SPRING", "JTA", "XA"})
  void refusesUnlessToldOtherwise(HostProgram program) throws Exception {
    TestDatabase database = database(TestDatabases.MARIADB);
    try (Host host = program.start(database, JdbcLastLoginStore::create)) {
      host.rollBack(
          (store, connection) -> {
            execute(connection, "DELETE FROM mailbox");
            Stream.<Runnable>of(
                    () -> store.find(ALICE),
                    () -> store.findAll(List.of(ALICE)),
                    () -> store.list("example.com"),
                    () -> store.record(LoginEvent.of("imap", ALICE, NOON)),
                    () -> store.delete(ALICE),
                    store::check,
                    store::createTable)
                .forEach(
                    call ->
                        assertThatThrownBy(call::run)
                            .isInstanceOf(LastLoginStoreException.class)
                            .hasMessageContaining("TransactionMode.JOIN")
                            .hasMessageContaining("TransactionMode.OWN"));
          });
    }
    assertThat(mailboxes(database)).containsExactly(ALICE);
  }

  @ParameterizedTest
  @MethodSource("hosts")
  void usesItsOwnTransactionsOutside(HostProgram program, TestDatabases kind) throws Exception {
    TestDatabase database = database(kind);
    for (TransactionMode mode : TransactionMode.values()) {
      JdbcLastLoginStore[] made = new JdbcLastLoginStore[1];
      Function<DataSource, JdbcLastLoginStore> maker =
          dataSource ->
              made[0] =
                  JdbcLastLoginStore.builder(dataSource)
                      .transactionMode(mode)
                      .writePolicy(WritePolicy.OVERWRITE)
                      .build();
      try (Host host = program.start(database, maker)) {
        made[0].record(
            List.of(LoginEvent.of("imap", ALICE, NOON), LoginEvent.of("pop3", BOB, NOON)));
        assertThat(made[0].find(ALICE)).as(mode.toString()).isPresent();
        assertThat(database.query("SELECT COUNT(*) FROM last_login")).containsExactly("2");
        assertThat(made[0].delete(ALICE)).isTrue();
        assertThat(made[0].delete(BOB)).isTrue();
        assertThat(database.query("SELECT COUNT(*) FROM last_login")).containsExactly("0");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheHostsConnectionAsItIs(TestDatabases kind) throws Exception {
    TestDatabase database = database(kind);
    JdbcLastLoginStore store = JdbcLastLoginStore.create(database.dataSource());
    for (boolean autoCommit : new boolean[] {true, false}) {
      try (Connection connection = database.dataSource().getConnection()) {
        connection.setAutoCommit(autoCommit);
        if (kind != TestDatabases.SQLITE) {
          connection.setNetworkTimeout(Runnable::run, 54_321);
        }
        store.on(connection).record(LoginEvent.of("imap", ALICE, NOON));
        assertThat(store.on(connection).find(ALICE)).isPresent();
        store.on(connection).delete(ALICE);

        assertThat(connection.isClosed()).isFalse();
        assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
        if (kind != TestDatabases.SQLITE) {
          assertThat(connection.getNetworkTimeout()).isEqualTo(54_321);
        }
        if (!autoCommit) {
          connection.rollback();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void ownsConnectionsOfAPoolWithoutAutoCommit(TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    try (HikariDataSource pool = poolWithoutAutoCommit(database)) {
      JdbcLastLoginStore store =
          JdbcLastLoginStore.builder(pool).transactionMode(TransactionMode.OWN).build();
      store.createTable();
      store.record(LoginEvent.of("imap", ALICE, NOON));
      assertThat(database.query("SELECT username FROM last_login")).containsExactly(ALICE);
      assertThat(store.find(ALICE).flatMap(LastLogin::latestLogin)).contains(NOON);
      assertThat(store.check()).isEmpty();
      assertThat(store.delete(ALICE)).isTrue();
      assertThat(database.query("SELECT username FROM last_login")).isEmpty();
      assertThatThrownBy(
              () -> JdbcLastLoginStore.create(pool).record(LoginEvent.of("imap", ALICE, NOON)))
          .hasMessageContaining("TransactionMode.OWN");
    }
  }

  @ParameterizedTest
  @EnumSource
  void dictOwnsConnectionsOfAPoolWithoutAutoCommit(TestDatabases kind) throws Exception {
    TestDatabase database = kind.create();
    JdbcSchema.of(Maps.EXPIRING).createMissing(database.dataSource());
    String key = "shared/tree/x/y";
    try (HikariDataSource pool = poolWithoutAutoCommit(database);
        JdbcDict dict = JdbcDict.create(pool, Maps.EXPIRING)) {
      database.execute("INSERT INTO tree (a, b, v, expires) VALUES ('old', 'row', '0', 1)");
      assertThat(dict.removeExpired().toCompletableFuture().join()).isEqualTo(1);
      assertThat(database.query("SELECT COUNT(*) FROM tree")).containsExactly("0");
      BlockingDict blocking = BlockingDict.of(dict);
      blocking.set(key, "1");
      assertThat(database.query("SELECT COUNT(*) FROM tree")).containsExactly("1");
      assertThat(blocking.get(key)).contains("1");
      assertThat(blocking.list(DictIteration.below("shared/tree/x/", DictContext.NO_USER)))
          .hasSize(1);
      blocking.unset(key);
      assertThat(database.query("SELECT COUNT(*) FROM tree")).containsExactly("0");
    }
  }

  private static HikariDataSource poolWithoutAutoCommit(TestDatabase database) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(database.url());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaximumPoolSize(2);
    pool.setAutoCommit(false);
    return pool;
  }

  /** The store as it is, and as a part of a transaction. */
  static Stream<Arguments> waits() {
    return Stream.of(TestDatabases.values())
        .flatMap(
            kind ->
                Stream.of(
                    Arguments.of(kind, Named.of("own", false)),
                    Arguments.of(kind, Named.of("joined", true))));
  }

  /** How long statements of a connection wait for locks, as it is set. */
  private static String lockTimeouts(Connection connection, TestDatabases kind)
      throws SQLException {
    String query =
        switch (kind) {
          case MARIADB, HOST_MARIADB, MYSQL ->
              "SELECT CONCAT(@@innodb_lock_wait_timeout, ' ', @@lock_wait_timeout)";
          case POSTGRESQL -> "SHOW lock_timeout";
          case SQLITE -> "PRAGMA busy_timeout";
        };
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("waits")
  void namesTheLockThatItWaitedFor(TestDatabases kind, boolean joined) throws Exception {
    TestDatabase database = database(kind);
    JdbcLastLoginStore store = storeOfAlice(database, Duration.ofSeconds(2));
    try (Connection other = transaction(database);
        Connection own = database.dataSource().getConnection()) {
      lock(other, ALICE);
      String before = lockTimeouts(own, kind);
      own.setAutoCommit(!joined);

      assertThatThrownBy(
              () -> store.on(own).record(LoginEvent.of("imap", ALICE, NOON.plusSeconds(1))))
          .isInstanceOf(LastLoginStoreException.class)
          .hasMessageMatching("(?s).*waited [23] s for a lock that another transaction holds");
      assertThatThrownBy(() -> store.on(own).delete(ALICE))
          .hasMessageMatching("(?s).*waited [23] s for a lock that another transaction holds");

      assertThat(lockTimeouts(own, kind)).isEqualTo(before);
      other.rollback();
      if (joined) {
        execute(own, "DELETE FROM mailbox");
        store.on(own).record(LoginEvent.of("imap", ALICE, NOON.plusSeconds(1)));
        own.commit();
        assertThat(mailboxes(database)).isEmpty();
      } else {
        store.on(own).record(LoginEvent.of("imap", ALICE, NOON.plusSeconds(1)));
      }
    }
    assertThat(store.find(ALICE).flatMap(LastLogin::latestLogin)).contains(NOON.plusSeconds(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "HOST_MARIADB", "MYSQL"})
  void saysThatADeadlockHasEndedTheTransaction(TestDatabases kind) throws Exception {
    TestDatabase database = database(kind);
    JdbcLastLoginStore store = JdbcLastLoginStore.create(database.dataSource());
    store.record(List.of(LoginEvent.of("imap", ALICE, NOON), LoginEvent.of("imap", BOB, NOON)));
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Connection other = transaction(database);
        Connection own = transaction(database)) {
      execute(own, "INSERT INTO mailbox VALUES ('carol@example.com')");
      store.on(own).record(LoginEvent.of("imap", ALICE, NOON.plusSeconds(1)));
      // InnoDB ends the transaction that has changed less.
      for (int i = 0; i < 50; i++) {
        execute(other, "INSERT INTO mailbox VALUES ('user" + i + "@example.com')");
      }
      lock(other, BOB);
      Future<?> waiting =
          executor.submit(
              () -> {
                lock(other, ALICE);
                return null;
              });
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          database.query(
                              "SELECT COUNT(*) FROM information_schema.innodb_trx"
                                  + " WHERE trx_state='LOCK WAIT'"))
                      .containsExactly("1"));

      assertThatThrownBy(
              () -> store.on(own).record(LoginEvent.of("imap", BOB, NOON.plusSeconds(1))))
          .isInstanceOf(LastLoginStoreException.class)
          .hasMessageContaining("the transaction that this call joined has ended");

      waiting.get(20, TimeUnit.SECONDS);
      own.commit();
      other.rollback();
    } finally {
      executor.shutdown();
    }
    assertThat(mailboxes(database)).containsExactly(ALICE);
    assertThat(store.find(ALICE).flatMap(LastLogin::latestLogin)).contains(NOON);
  }

  @Test
  void nothingIsTriedAgainInATransactionThatIsLost() throws Exception {
    TestDatabase database = database(TestDatabases.MARIADB);
    JdbcLastLoginStore store = JdbcLastLoginStore.create(database.dataSource());
    try (Connection real = transaction(database)) {
      execute(real, "DELETE FROM mailbox");
      AtomicBoolean lost = new AtomicBoolean(true);
      // As a driver does that has moved on to another server.
      Connection failsOnce =
          intercepted(
              real,
              "createStatement",
              () -> {
                if (lost.getAndSet(false)) {
                  real.rollback();
                  throw new SQLException("moved on to another server", "25S03");
                }
              });

      assertThatThrownBy(() -> store.on(failsOnce).record(LoginEvent.of("imap", ALICE, NOON)))
          .isInstanceOf(LastLoginStoreException.class)
          .hasMessageContaining("the transaction that this call joined has ended");
      real.commit();
    }
    assertThat(mailboxes(database)).containsExactly(ALICE);
    assertThat(store.find(ALICE)).isEmpty();
  }

  /** What happens before a call of a connection. */
  @FunctionalInterface
  private interface Interception {
    void happen() throws SQLException;
  }

  private static Connection intercepted(Connection real, String method, Interception before) {
    return (Connection)
        Proxy.newProxyInstance(
            HostTransactionTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                before.happen();
              }
              try {
                return called.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Tag("slow")
  @Test
  void doesNotProvokeWhatEndsTheTransactionOfTheHost() throws Exception {
    try (MariaDbProcess process = MariaDbProcess.start("--innodb-rollback-on-timeout=ON")) {
      TestDatabase database = process.createDatabase("rollback");
      prepare(database);
      JdbcLastLoginStore store = storeOfAlice(database, Duration.ofSeconds(1));
      try (Connection other = transaction(database);
          Connection own = transaction(database)) {
        lock(other, ALICE);
        execute(own, "INSERT INTO mailbox VALUES ('bob@example.com')");

        assertThatThrownBy(() -> store.on(own).delete(ALICE))
            .hasMessageContaining("took longer than 1 s")
            .hasMessageNotContaining("has ended");
        own.commit();
        other.rollback();
      }
      assertThat(mailboxes(database)).containsExactly(ALICE, BOB);
    }
  }
}
