package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictOperation.Append;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.InvalidValueException;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/** What {@link JdbcDict} does beyond the contract of dicts, on every database. */
class JdbcDictTest {
  private static final DictContext NOBODY = DictContext.NO_USER;
  private static final DictContext ALICE = DictContext.of("alice@example.com");

  private TestDatabase database;
  private HikariDataSource pool;
  private JdbcDict dict;

  private void open(TestDatabases kind) {
    database = kind.create();
    pool = database.pool(4);
    dict = JdbcDict.create(pool, Maps.ALL);
  }

  private void openWithTables(TestDatabases kind) {
    open(kind);
    JdbcSchema.of(Maps.ALL).createMissing(pool);
  }

  @AfterEach
  void close() {
    dict.close();
    pool.close();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private CommitResult set(String key, String value) {
    return join(dict.commit(DictTransaction.builder(NOBODY).set(key, value).build()));
  }

  private void assertFails(CompletionStage<?> stage, String message) {
    assertThatThrownBy(() -> join(stage))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(DictException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @EnumSource
  void speaksOfMistakesAsDovecotDoes(TestDatabases kind) {
    openWithTables(kind);
    assertFails(
        dict.lookup("shared/nosuch/key", NOBODY),
        "sql dict lookup: Invalid/unmapped key: shared/nosuch/key");
    assertFails(
        dict.commit(DictTransaction.builder(NOBODY).set("shared/nosuch/key", "1").build()),
        "sql dict set: Invalid/unmapped key: shared/nosuch/key");
    assertFails(
        dict.commit(DictTransaction.builder(NOBODY).unset("shared/nosuch/key").build()),
        "sql dict unset: Invalid/unmapped key: shared/nosuch/key");
    assertFails(
        dict.commit(DictTransaction.builder(NOBODY).increment("shared/nosuch/key", 1).build()),
        "sql dict atomic inc: Invalid/unmapped key: shared/nosuch/key");
    String key = "shared/last-login/imap/bob@example.com/example.com";
    assertFails(
        dict.commit(DictTransaction.builder(NOBODY).set(key, "notanumber").build()),
        "dict-sql: Failed to set 1 fields (first "
            + key
            + "): value field's value isn't 64bit"
            + " unsigned integer: notanumber (in pattern: shared/last-login/imap/$/$)");
    assertFails(
        dict.commit(DictTransaction.builder(NOBODY).set("shared/blob/deadbeef", "zz").build()),
        "dict-sql: Failed to set 1 fields (first shared/blob/deadbeef): value field's value isn't"
            + " hexblob: zz (in pattern: shared/blob/$)");
    assertFails(
        dict.commit(DictTransaction.builder(NOBODY).set("shared/blob/xy", "zz").build()),
        "dict-sql: Failed to set 1 fields (first shared/blob/xy): value field's value isn't"
            + " hexblob: zz (in pattern: shared/blob/$)");
    assertFails(
        dict.lookup("shared/blob/xy", NOBODY),
        "sql dict lookup: Failed to lookup key shared/blob/xy: id field's value isn't hexblob: xy"
            + " (in pattern: shared/blob/$)");
    assertThatThrownBy(
            () ->
                join(
                    dict.commit(
                        DictTransaction.builder(ALICE)
                            .set("priv/quota/storage", "1")
                            .set("priv/quota/messages", "-1")
                            .build())))
        .cause()
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("Failed to set 2 fields (first priv/quota/storage)");
  }

  @ParameterizedTest
  @EnumSource
  void doesNotAppend(TestDatabases kind) {
    openWithTables(kind);
    assertThatThrownBy(
            () -> join(dict.commit(DictTransaction.of(NOBODY, new Append("shared/tree/a/b", "x")))))
        .hasCauseInstanceOf(DictException.class)
        .hasMessageContaining("shared/tree/a/b");
  }

  @ParameterizedTest
  @EnumSource
  void keepsBytesAndSeveralValues(TestDatabases kind) throws Exception {
    openWithTables(kind);
    set("shared/blob/DEADbeef", "00FF10");
    assertThat(join(dict.lookup("shared/blob/deadbeef", NOBODY)))
        .isEqualTo(LookupResult.found("00ff10"));

    set("shared/pair/k1", "one");
    assertThat(join(dict.lookup("shared/pair/k1", NOBODY)))
        .isEqualTo(LookupResult.found(List.of("one", "")));

    List<DictRow> rows = new ArrayList<>();
    join(dict.iterate(DictIteration.below("shared/blob/", NOBODY), RowConsumer.of(rows::add)));
    assertThat(rows).containsExactly(new DictRow("shared/blob/deadbeef", List.of("00ff10")));
  }

  @ParameterizedTest
  @EnumSource
  void writesConsecutiveSetsOfARowTogether(TestDatabases kind) throws Exception {
    open(kind);
    // Both columns must be there from the beginning, so one row with both has to be inserted.
    database.execute(
        "CREATE TABLE quota (username VARCHAR(255) PRIMARY KEY, bytes BIGINT NOT NULL,"
            + " messages BIGINT NOT NULL)");

    join(
        dict.commit(
            DictTransaction.builder(ALICE)
                .set("priv/quota/storage", "1024")
                .set("priv/quota/messages", "3")
                .build()));

    assertThat(database.query("SELECT username, bytes, messages FROM quota"))
        .containsExactly("alice@example.com,1024,3");
  }

  @ParameterizedTest
  @EnumSource
  void countsFromZeroWhereAColumnIsNull(TestDatabases kind) throws Exception {
    openWithTables(kind);
    join(
        dict.commit(
            DictTransaction.builder(ALICE)
                .set("priv/quota/storage", "1024")
                .increment("priv/quota/messages", 2)
                .build()));

    assertThat(join(dict.lookup("priv/quota/messages", ALICE))).isEqualTo(LookupResult.found("2"));
  }

  @ParameterizedTest
  @EnumSource
  void usesTheTutorialsTable(TestDatabases kind) throws Exception {
    open(kind);
    // The same table in each database's own words; its key is the mailbox alone.
    database.execute(
        kind.isOfMySql()
            ? "CREATE TABLE IF NOT EXISTS `last_login` (`username` VARCHAR(255) NOT NULL DEFAULT '',"
                + " `domain` VARCHAR(255) NOT NULL DEFAULT '', `imap` INT(11) DEFAULT NULL,"
                + " `pop3` INT(11) DEFAULT NULL, `lda` INT(11) DEFAULT NULL, PRIMARY KEY"
                + " (`username`), INDEX (`domain`), INDEX (`imap`), INDEX (`pop3`), INDEX (`lda`))"
                + " ENGINE=InnoDB DEFAULT CHARSET=utf8"
            : "CREATE TABLE last_login (username VARCHAR(255) NOT NULL, domain VARCHAR(255) NOT"
                + " NULL DEFAULT '', imap INTEGER, pop3 INTEGER, lda INTEGER, PRIMARY KEY"
                + " (username))");
    DictTransaction.Builder transaction = DictTransaction.builder(NOBODY);
    transaction.set("shared/last-login/imap/a@x.io/x.io", "1700000001");
    transaction.set("shared/last-login/lmtp/a@x.io/x.io", "1700000002");
    // Another domain, but the same row: the second statement must not come first.
    transaction.set("shared/last-login/imap/b@x.io/z.io", "1700000003");
    transaction.set("shared/last-login/imap/b@x.io/x.io", "1700000004");

    assertThat(join(dict.commit(transaction.build()))).isEqualTo(CommitResult.COMMITTED);

    assertThat(database.query("SELECT username, domain, imap, lda FROM last_login ORDER BY 1"))
        .containsExactly("a@x.io,x.io,1700000001,1700000002", "b@x.io,z.io,1700000004,null");
  }

  @ParameterizedTest
  @EnumSource
  void waitsForNothingAndExplainsAMissingTable(TestDatabases kind) throws Exception {
    open(kind);
    String key = "shared/tree/a/b";
    assertThatThrownBy(() -> set(key, "x"))
        .hasCauseInstanceOf(DictException.class)
        .hasMessageContaining("table tree")
        .hasMessageMatching("(?s).*(does not exist|not found).*");

    // That the table was missing is not remembered.
    JdbcSchema.of(Maps.ALL).createMissing(pool);
    set(key, "x");
    assertThat(join(dict.lookup(key, NOBODY))).isEqualTo(LookupResult.found("x"));
  }

  @ParameterizedTest
  @EnumSource
  void asksForAUniqueKey(TestDatabases kind) throws Exception {
    open(kind);
    database.execute("CREATE TABLE tree (a VARCHAR(20), b VARCHAR(20), v VARCHAR(20))");

    assertThatThrownBy(() -> set("shared/tree/a/b", "x")).hasMessageContaining("unique index");
  }

  @ParameterizedTest
  @EnumSource
  void writesTextIntoNumbersAndReservedNames(TestDatabases kind) throws Exception {
    open(kind);
    dict.close();
    String quote = kind.isOfMySql() ? "`" : "\"";
    database.execute(
        "CREATE TABLE #order# (#key# VARCHAR(99) PRIMARY KEY, #select# BIGINT)"
            .replace("#", quote));
    dict =
        JdbcDict.create(
            pool,
            DictMaps.of(
                DictMap.builder("shared/o/$k", "order")
                    .valueField("select", ValueType.STRING)
                    .keyField("key", "k")
                    .build()));

    set("shared/o/x", "42");

    assertThat(join(dict.lookup("shared/o/x", NOBODY))).isEqualTo(LookupResult.found("42"));
  }

  @ParameterizedTest
  @EnumSource
  void splitsAStatementThatWouldHaveTooManyParameters(TestDatabases kind) throws Exception {
    openWithTables(kind);
    DictTransaction.Builder transaction = DictTransaction.builder(NOBODY);
    for (int i = 0; i < 23_000; i++) {
      transaction.set("shared/tree/a/" + i, "v");
    }
    join(dict.commit(transaction.build()));

    assertThat(database.query("SELECT COUNT(*) FROM tree")).containsExactly("23000");
  }

  @ParameterizedTest
  @EnumSource
  void consumersThatAreNeverReadyLeaveConnectionsForCommits(TestDatabases kind) {
    database = kind.create();
    pool = database.pool(2);
    dict = JdbcDict.builder(pool, Maps.ALL).readerThreads(1).build();
    JdbcSchema.of(Maps.ALL).createMissing(pool);
    set("shared/tree/a/1", "x");
    set("shared/tree/a/2", "y");
    DictIteration all = DictIteration.below("shared/tree/a/", NOBODY);
    CompletableFuture<DictRow> first = new CompletableFuture<>();
    CompletableFuture<Void> neverReady = new CompletableFuture<>();
    CompletionStage<Void> stalled =
        dict.iterate(
            all,
            row -> {
              first.complete(row);
              return neverReady;
            });
    join(first);

    assertFails(
        dict.iterate(all, RowConsumer.of(row -> {})),
        "sql dict iterate: Failed to iterate shared/tree/a/: 1 iterations are running already; try"
            + " again later");
    assertThat(set("shared/pair/k", "v")).isEqualTo(CommitResult.COMMITTED);

    neverReady.completeExceptionally(new DictException("given up"));
    assertFails(stalled, "given up");
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    join(dict.iterate(all, RowConsumer.of(row -> {})));
    assertThat(set("shared/pair/k", "w")).isEqualTo(CommitResult.COMMITTED);
  }
}
