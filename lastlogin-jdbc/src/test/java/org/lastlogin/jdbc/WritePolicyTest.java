package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/** What each {@link WritePolicy} leaves in the columns of every database. */
class WritePolicyTest {
  private static final DictContext NOBODY = DictContext.NO_USER;

  private TestDatabase database;
  private HikariDataSource pool;
  private JdbcDict dict;

  private void open(TestDatabases kind, DictMaps maps) {
    database = kind.create();
    pool = database.pool(4);
    dict = JdbcDict.builder(pool, maps).writePolicy(WritePolicy.KEEP_NEWEST).build();
  }

  private void openWithTable(TestDatabases kind, ValueType type, String columnType)
      throws Exception {
    open(kind, counters(type));
    database.execute("CREATE TABLE counter (k VARCHAR(20) PRIMARY KEY, v " + columnType + ")");
  }

  @AfterEach
  void close() {
    dict.close();
    pool.close();
  }

  private static DictMaps counters(ValueType type) {
    return DictMaps.of(
        DictMap.builder("shared/counter/$k", "counter")
            .valueField("v", type)
            .keyField("k", "k")
            .build());
  }

  private void commit(DictTransaction transaction) {
    dict.commit(transaction).toCompletableFuture().join();
  }

  private String set(String... values) throws Exception {
    for (String value : values) {
      commit(DictTransaction.builder(NOBODY).set("shared/counter/a", value).build());
    }
    return String.join(" ", database.query("SELECT v FROM counter WHERE k = 'a'"));
  }

  @ParameterizedTest
  @EnumSource
  void aGreaterNumberStays(TestDatabases kind) throws Exception {
    openWithTable(kind, ValueType.INT, "BIGINT");

    assertThat(set("9")).isEqualTo("9");
    assertThat(set("10")).isEqualTo("10");
    assertThat(set("9", "10", "-11")).isEqualTo("10");
    assertThat(set("9223372036854775807", "9223372036854775806")).isEqualTo("9223372036854775807");
  }

  @ParameterizedTest
  @EnumSource
  void anyNumberReplacesNull(TestDatabases kind) throws Exception {
    openWithTable(kind, ValueType.INT, "BIGINT");
    database.execute("INSERT INTO counter VALUES ('a', NULL)");

    assertThat(set("-5")).isEqualTo("-5");
  }

  @ParameterizedTest
  @EnumSource
  void fractionsAreCompared(TestDatabases kind) throws Exception {
    openWithTable(kind, ValueType.DOUBLE, "DOUBLE PRECISION");

    assertThat(set("9.5", "10.25", "10.125")).isEqualTo("10.25");
  }

  @ParameterizedTest
  @EnumSource(names = "SQLITE", mode = Mode.EXCLUDE)
  void numbersWithoutASignAreCompared(TestDatabases kind) throws Exception {
    openWithTable(kind, ValueType.UINT, kind.isOfMySql() ? "BIGINT UNSIGNED" : "NUMERIC(20)");

    assertThat(set("1", "18446744073709551615", "18446744073709551614", "5"))
        .isEqualTo("18446744073709551615");
  }

  /** As they are in tables that somebody made by hand: with GREATEST, 9 would be more than 10. */
  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL", mode = Mode.EXCLUDE)
  void numbersInTextAreComparedAsNumbers(TestDatabases kind) throws Exception {
    openWithTable(kind, ValueType.UINT, "VARCHAR(20)");

    assertThat(set("9", "10", "9")).isEqualTo("10");
    assertThat(set("1700000000123456", "1700000000123455")).isEqualTo("1700000000123456");
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL", mode = Mode.EXCLUDE)
  void textThatIsNoNumberIsReplacedOrRefused(TestDatabases kind) throws Exception {
    openWithTable(kind, ValueType.UINT, "VARCHAR(20)");
    database.execute("INSERT INTO counter VALUES ('a', 'never')");

    if (kind == TestDatabases.SQLITE) {
      assertThat(set("5")).isEqualTo("5");
    } else {
      assertThatThrownBy(() -> set("5"))
          .hasCauseInstanceOf(DictException.class)
          .hasMessageContaining("Truncated incorrect DOUBLE value: 'never'");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void postgreSqlRefusesNumbersInText(TestDatabases kind) throws Exception {
    openWithTable(kind, ValueType.UINT, "VARCHAR(20)");

    assertThatThrownBy(() -> set("9"))
        .hasCauseInstanceOf(DictException.class)
        .hasMessageContaining("table counter")
        .hasMessageContaining("operator does not exist: character varying + integer");
  }

  @ParameterizedTest
  @EnumSource
  void theGreatestOfATransactionCounts(TestDatabases kind) throws Exception {
    openWithTable(kind, ValueType.UINT, "BIGINT");
    commit(
        DictTransaction.builder(NOBODY)
            .set("shared/counter/a", "9")
            .set("shared/counter/a", "10")
            .set("shared/counter/b", "3")
            .set("shared/counter/a", "8")
            .build());

    assertThat(database.query("SELECT k, v FROM counter ORDER BY k"))
        .containsExactly("a,10", "b,3");
  }

  @ParameterizedTest
  @EnumSource
  void incrementsAndUnsetsDoWhatTheyAreTold(TestDatabases kind) throws Exception {
    openWithTable(kind, ValueType.INT, "BIGINT");
    set("10");
    commit(DictTransaction.builder(NOBODY).increment("shared/counter/a", -3).build());
    assertThat(set("5")).isEqualTo("7");

    commit(DictTransaction.builder(NOBODY).unset("shared/counter/a").build());
    assertThat(set("5")).isEqualTo("5");
  }

  @ParameterizedTest
  @EnumSource
  void oneRowMayHaveColumnsOfBothPolicies(TestDatabases kind) throws Exception {
    DictMaps maps = DictMaps.of(column("newest"), column("latest"));
    open(kind, maps);
    dict.close();
    JdbcSchema.of(maps).createMissing(pool);
    dict =
        JdbcDict.builder(pool, maps)
            .writePolicy(
                WritePolicy.KEEP_NEWEST, map -> map.valueFields().get(0).column().equals("newest"))
            .build();
    for (String value : new String[] {"2", "1"}) {
      commit(
          DictTransaction.builder(NOBODY)
              .set("shared/newest/a", value)
              .set("shared/latest/a", value)
              .build());
    }

    assertThat(database.query("SELECT newest, latest FROM t")).containsExactly("2,1");
  }

  private static DictMap column(String name) {
    return DictMap.builder("shared/" + name + "/$k", "t")
        .valueField(name, ValueType.UINT)
        .keyField("k", "k")
        .build();
  }
}
