package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.sql.AutoCommitOff;
import org.lastlogin.jdbc.sql.Database;
import org.lastlogin.jdbc.sql.Expiry;
import org.lastlogin.jdbc.sql.RowChange;
import org.lastlogin.jdbc.sql.RowKey;
import org.lastlogin.jdbc.sql.SqlValue;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/** What expiry means for rows, on every database. */
class JdbcExpiryTest {
  private static final DictContext NOBODY = DictContext.NO_USER;
  private static final DictContext ALICE = DictContext.of("alice@example.com");
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Instant now = Instant.ofEpochSecond(1_000);
  private TestDatabase database;
  private HikariDataSource pool;
  private JdbcDict dict;

  private void open(TestDatabases kind) {
    database = kind.create();
    pool = database.pool(4);
    dict = JdbcDict.builder(pool, Maps.EXPIRING).clock(() -> now).build();
    JdbcSchema.of(Maps.EXPIRING).createMissing(pool);
  }

  @AfterEach
  void close() {
    dict.close();
    pool.close();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private CommitResult commit(DictTransaction.Builder transaction) throws Exception {
    return await(dict.commit(transaction.build()));
  }

  private static DictTransaction.Builder forAMinute(DictContext context) {
    return DictTransaction.builder(context).expiry(MINUTE);
  }

  private void plantTree(int expired, int living) throws Exception {
    DictTransaction.Builder old = DictTransaction.builder(NOBODY).expiry(MINUTE);
    DictTransaction.Builder young = DictTransaction.builder(NOBODY).expiry(MINUTE.plusSeconds(1));
    for (int i = 0; i < expired; i++) {
      old.set("shared/tree/old/" + i, "v");
    }
    for (int i = 0; i < living; i++) {
      young.set("shared/tree/young/" + i, "v");
    }
    commit(old);
    commit(young.set("shared/tree/stays/1", "v"));
    commit(DictTransaction.builder(NOBODY).set("shared/tree/stays/2", "v"));
    now = now.plus(MINUTE);
  }

  @ParameterizedTest
  @EnumSource
  void theColumnHasSecondsOrNull(TestDatabases kind) throws Exception {
    open(kind);
    commit(forAMinute(NOBODY).set("shared/pair/a", "x"));
    commit(DictTransaction.builder(NOBODY).set("shared/pair/b", "x"));
    commit(DictTransaction.builder(NOBODY).expiry(Duration.ofMillis(1)).set("shared/pair/c", "x"));
    commit(
        DictTransaction.builder(NOBODY)
            .expiry(Duration.ofSeconds(Long.MAX_VALUE))
            .set("shared/pair/d", "x"));

    assertThat(database.query("SELECT k, expires FROM pair ORDER BY k"))
        .containsExactly("a,1060", "b,null", "c,1001", "d," + (1_000 + 0xFFFF_FFFFL));
  }

  /** Both keys are in one row. */
  @ParameterizedTest
  @EnumSource
  void aRowThatIsSetAgainHasNothingOfItsFormerLife(TestDatabases kind) throws Exception {
    open(kind);
    commit(
        forAMinute(ALICE)
            .set("priv/quota/storage", "1024")
            .set("priv/quota/messages", "3")
            .set("shared/pair/k", "old"));
    database.execute("UPDATE pair SET v2 = 7");
    assertThat(await(dict.lookup("shared/pair/k", NOBODY)))
        .isEqualTo(LookupResult.found(List.of("old", "7")));
    now = now.plus(MINUTE.minusSeconds(1));
    commit(forAMinute(ALICE).set("priv/quota/messages", "4"));
    assertThat(database.query("SELECT bytes, messages, expires FROM quota"))
        .as("a living row keeps what is not set")
        .containsExactly("1024,4,1119");

    now = now.plus(MINUTE);
    commit(forAMinute(ALICE).set("priv/quota/messages", "1").set("shared/pair/k", "new"));

    assertThat(database.query("SELECT bytes, messages, expires FROM quota"))
        .containsExactly("null,1,1179");
    assertThat(await(dict.lookup("shared/pair/k", NOBODY)))
        .isEqualTo(LookupResult.found(List.of("new", "")));
  }

  @ParameterizedTest
  @EnumSource
  void theNewestOfAnExpiredRowIsWhatIsSet(TestDatabases kind) throws Exception {
    open(kind);
    Database tables = new Database(pool, LIMIT, AutoCommitOff.OWN);
    RowKey alice =
        new RowKey("quota", List.of("username"), List.of(new SqlValue.Text("alice@example.com")));
    for (int second : new int[] {100, 50, 160, 40}) {
      now = Instant.ofEpochSecond(second);
      tables.write(List.of(keepNewest(alice, second)), LIMIT, () -> {});
    }

    assertThat(database.query("SELECT bytes, messages, expires FROM quota"))
        .as("at 160 the row had expired, at 40 it had not")
        .containsExactly("160,null,100");
  }

  private static RowChange keepNewest(RowKey row, long second) {
    return new RowChange.Upsert(
        row,
        new TreeMap<>(
            Map.of(
                "bytes",
                SqlValue.Whole.of(second),
                "expires",
                SqlValue.Whole.of(second + MINUTE.toSeconds()))),
        true,
        new Expiry("expires", second),
        List.of("messages"));
  }

  @ParameterizedTest
  @EnumSource
  void removesWhatHasExpiredAndNothingElse(TestDatabases kind) throws Exception {
    open(kind);
    plantTree(1_234, 3);
    commit(forAMinute(ALICE).set("priv/quota/storage", "1"));
    commit(forAMinute(NOBODY).set("shared/blob/00ff", "01"));
    commit(DictTransaction.builder(NOBODY).set("shared/blob/01ff", "02"));
    assertThat(await(dict.removeExpired())).isEqualTo(1_234);

    now = now.plus(MINUTE);
    assertThat(await(dict.removeExpired())).isEqualTo(3 + 1 + 1 + 1);
    assertThat(await(dict.removeExpired())).isZero();
    assertThat(database.query("SELECT a, b FROM tree")).containsExactly("stays,2");
    assertThat(database.query("SELECT COUNT(*) FROM blobs")).containsExactly("1");
    assertThat(database.query("SELECT COUNT(*) FROM quota")).containsExactly("0");
  }

  /**
   * A living row that is being changed would block a DELETE that looks for expired ones itself. So
   * it would one of several keys, for which the whole of a small table is read.
   */
  @ParameterizedTest
  @EnumSource(names = "SQLITE", mode = EnumSource.Mode.EXCLUDE)
  void removalDoesNotWaitForLivingRows(TestDatabases kind) throws Exception {
    open(kind);
    plantTree(10, 3);
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.executeUpdate("UPDATE tree SET v = 'w' WHERE a = 'young' OR a = 'stays'");

      assertThat(await(dict.removeExpired())).isEqualTo(10);
      other.rollback();
    }
  }

  @Test
  void rowsWithoutKeysExpireToo() throws Exception {
    database = TestDatabases.SQLITE.create();
    pool = database.pool(1);
    database.execute(
        "CREATE TABLE motd (v VARCHAR(99), e BIGINT)",
        "INSERT INTO motd VALUES ('old', 1000), ('new', 1001)");
    dict =
        JdbcDict.builder(
                pool,
                DictMaps.of(
                    DictMap.builder("shared/motd", "motd")
                        .valueField("v", ValueType.STRING)
                        .expireField("e")
                        .build()))
            .clock(() -> now)
            .build();

    assertThat(await(dict.removeExpired())).isEqualTo(1);
    assertThat(database.query("SELECT v FROM motd")).containsExactly("new");
    assertThat(await(dict.lookup("shared/motd", NOBODY))).isEqualTo(LookupResult.found("new"));
  }

  @Test
  void removalSaysWhatIsWrong() throws SQLException {
    open(TestDatabases.MARIADB);
    database.execute("ALTER TABLE tree DROP COLUMN expires");

    assertThatThrownBy(() -> await(dict.removeExpired()))
        .hasCauseInstanceOf(DictException.class)
        .hasMessageContaining("table tree")
        .hasMessageContaining("expires");
  }

  private void openNotes(TestDatabases kind, String pattern) {
    database = kind.create();
    pool = database.pool(4);
    DictMaps notes =
        DictMaps.of(
            DictMap.builder(pattern, "note")
                .valueField("v", ValueType.STRING)
                .keyField("id", "id", ValueType.UINT)
                .usernameField("username")
                .expireField("expires")
                .build());
    dict = JdbcDict.builder(pool, notes).clock(() -> now).build();
    JdbcSchema.of(notes).createMissing(pool);
  }

  /** The column of the user means nothing there, and the table need not have it. */
  @ParameterizedTest
  @EnumSource
  void aSharedMapMayHaveAUsernameField(TestDatabases kind) throws Exception {
    openNotes(kind, "shared/note/$id");
    commit(forAMinute(NOBODY).set("shared/note/1", "gone"));
    now = now.plus(MINUTE);

    assertThat(await(dict.removeExpired())).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void rowsThatCannotBeRemovedAreAFailure(TestDatabases kind) throws Exception {
    database = kind.create();
    pool = database.pool(2);
    database.execute(
        "CREATE TABLE motd (k VARCHAR(9), v VARCHAR(99), expires BIGINT, UNIQUE (k))",
        "INSERT INTO motd VALUES (NULL, 'stuck', 1000), ('a', 'old', 1000), ('b', 'new', 1001)");
    DictMaps maps =
        DictMaps.of(
            DictMap.builder("shared/motd/$k", "motd")
                .valueField("v", ValueType.STRING)
                .keyField("k", "k")
                .expireField("expires")
                .build());
    dict = JdbcDict.builder(pool, maps).clock(() -> now).build();

    assertThatThrownBy(() -> await(dict.removeExpired()))
        .hasCauseInstanceOf(DictException.class)
        .hasMessageContaining("table motd")
        .hasMessageContaining("1 rows that have expired cannot be found again by [k]")
        .hasMessageContaining("NULL");
    assertThat(database.query("SELECT v FROM motd ORDER BY v")).containsExactly("new", "stuck");
  }

  @ParameterizedTest
  @EnumSource
  void aTableThatFailsDoesNotKeepOthersFromBeingSwept(TestDatabases kind) throws Exception {
    open(kind);
    commit(forAMinute(NOBODY).set("shared/pair/a", "x").set("shared/tree/a/b", "x"));
    commit(forAMinute(NOBODY).set("shared/blob/00", "01"));
    database.execute("DROP TABLE pair", "DROP TABLE tree");
    now = now.plus(MINUTE);

    assertThatThrownBy(() -> await(dict.removeExpired()))
        .cause()
        .isInstanceOf(DictException.class)
        .satisfies(
            first ->
                assertThat(first.getSuppressed())
                    .singleElement()
                    .isInstanceOf(DictException.class)
                    .extracting(Throwable::getMessage)
                    .asString()
                    .containsAnyOf("table pair", "table tree"));
    assertThat(database.query("SELECT COUNT(*) FROM blobs")).containsExactly("0");
  }

  @ParameterizedTest
  @EnumSource
  void iteratesSeveralMapsInTheirOrder(TestDatabases kind) throws Exception {
    open(kind);
    commit(
        forAMinute(NOBODY)
            .set("shared/tree/x/2", "gone")
            .set("shared/pair/a", "gone")
            .set("shared/blob/01", "0a"));
    commit(
        DictTransaction.builder(NOBODY)
            .set("shared/blob/02", "0b")
            .set("shared/tree/x/1", "leaf")
            .set("shared/pair/b", "one"));
    now = now.plus(MINUTE);
    List<DictRow> rows = new ArrayList<>();

    await(
        dict.iterate(
            DictIteration.below("shared/", NOBODY, DictIteration.Flag.RECURSE),
            RowConsumer.of(rows::add)));

    assertThat(rows)
        .containsExactly(
            new DictRow("shared/pair/b", List.of("one", "")),
            new DictRow("shared/tree/x/1", List.of("leaf")),
            new DictRow("shared/blob/02", List.of("0b")));
  }

  @ParameterizedTest
  @EnumSource
  void privateKeysWithFieldsExpire(TestDatabases kind) throws Exception {
    openNotes(kind, "priv/note/$id");
    DictContext bob = DictContext.of("bob@example.com");
    commit(forAMinute(ALICE).set("priv/note/1", "gone").set("priv/note/2", "gone"));
    commit(DictTransaction.builder(ALICE).set("priv/note/3", "hers"));
    commit(DictTransaction.builder(bob).set("priv/note/1", "his"));
    now = now.plus(MINUTE);
    List<DictRow> rows = new ArrayList<>();
    await(dict.iterate(DictIteration.below("priv/note/", ALICE), RowConsumer.of(rows::add)));

    assertThat(rows).containsExactly(new DictRow("priv/note/3", List.of("hers")));
    assertThat(await(dict.lookup("priv/note/1", ALICE))).isEqualTo(LookupResult.notFound());
    assertThat(await(dict.lookup("priv/note/1", bob))).isEqualTo(LookupResult.found("his"));
    assertThat(await(dict.removeExpired())).isEqualTo(2);
    assertThat(database.query("SELECT username, id FROM note ORDER BY 1"))
        .containsExactly("alice@example.com,3", "bob@example.com,1");
  }
}
