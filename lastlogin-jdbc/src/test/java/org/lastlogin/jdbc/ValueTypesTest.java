package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.InvalidValueException;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/** Values and keys of every type, on every database. */
class ValueTypesTest {
  private static final DictContext NOBODY = DictContext.NO_USER;
  private static final String UUID = "0123abcd-4567-89ab-cdef-0123456789ab";

  private TestDatabase database;

  private HikariDataSource pool;
  private JdbcDict dict;

  private void open(TestDatabases kind) {
    database = kind.create();
    pool = database.pool(4);
    dict = JdbcDict.create(pool, Maps.PRICES);
    JdbcSchema.of(Maps.PRICES).createMissing(pool);
  }

  @AfterEach
  void close() {
    dict.close();
    pool.close();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private void set(String key, String value) {
    join(dict.commit(DictTransaction.builder(NOBODY).set(key, value).build()));
  }

  private String lookup(String key) {
    return ((LookupResult.Found) join(dict.lookup(key, NOBODY))).value();
  }

  private List<DictRow> rows(String path) {
    List<DictRow> rows = new ArrayList<>();
    join(dict.iterate(DictIteration.below(path, NOBODY), RowConsumer.of(rows::add)));
    return rows;
  }

  @ParameterizedTest
  @EnumSource
  void readsADoubleInOneFormWhereverItWas(TestDatabases kind) {
    open(kind);
    List<String> doubles =
        List.of(
            "0",
            "0.1",
            "-2.25",
            "100",
            "1.50",
            "+7.",
            ".5",
            "1e10",
            "123456789012345",
            "1E15",
            "-1.5e300",
            "0.0001",
            "0.00001",
            "-0",
            "3.14159265358979");
    List<String> read = new ArrayList<>();
    for (String number : doubles) {
      set("shared/price/" + UUID, number);
      read.add(lookup("shared/price/" + UUID));
    }

    assertThat(read)
        .containsExactly(
            "0",
            "0.1",
            "-2.25",
            "100",
            "1.5",
            "7",
            "0.5",
            "10000000000",
            "123456789012345",
            "1e15",
            "-1.5e300",
            "0.0001",
            "1e-5",
            "0",
            "3.14159265358979");
  }

  @ParameterizedTest
  @EnumSource
  void findsRowsByDoublesAndUuids(TestDatabases kind) {
    open(kind);
    set("shared/price/" + UUID.toUpperCase(Locale.ROOT), "9.75");
    set("shared/grade/1.50", UUID);
    set("shared/grade/-3e2", UUID.replace('0', 'F'));

    assertThat(lookup("shared/price/" + UUID)).isEqualTo("9.75");
    assertThat(lookup("shared/grade/1.5")).isEqualTo(UUID);
    assertThat(rows("shared/price/"))
        .containsExactly(new DictRow("shared/price/" + UUID, List.of("9.75")));
    assertThat(rows("shared/grade/"))
        .containsExactlyInAnyOrder(
            new DictRow("shared/grade/1.5", List.of(UUID)),
            new DictRow("shared/grade/-300", List.of(UUID.replace('0', 'f'))));
    join(
        dict.commit(
            DictTransaction.builder(NOBODY)
                .increment("shared/price/" + UUID, 2)
                .unset("shared/grade/-300.0")
                .build()));
    assertThat(lookup("shared/price/" + UUID)).isEqualTo("11.75");
    assertThat(rows("shared/grade/")).hasSize(1);
  }

  /** They are one row, which one statement must not write twice. */
  @ParameterizedTest
  @EnumSource
  void takesZeroForZeroWhateverItsSign(TestDatabases kind) {
    open(kind);
    join(
        dict.commit(
            DictTransaction.builder(NOBODY)
                .set("shared/grade/0", UUID)
                .set("shared/grade/-0.0", UUID.replace('1', '2'))
                .build()));

    assertThat(rows("shared/grade/"))
        .containsExactly(new DictRow("shared/grade/0", List.of(UUID.replace('1', '2'))));
  }

  @ParameterizedTest
  @EnumSource
  void returnsWhatADecimalColumnHas(TestDatabases kind) throws Exception {
    open(kind);
    database.execute(
        "DROP TABLE price", "CREATE TABLE price (k CHAR(36) PRIMARY KEY, v VARCHAR(9))");
    database.execute("INSERT INTO price VALUES ('" + UUID + "', '1.50')");

    assertThat(lookup("shared/price/" + UUID)).isEqualTo("1.50");
  }

  @ParameterizedTest
  @EnumSource
  void saysOfWrongValuesWhatDovecotSays(TestDatabases kind) {
    open(kind);
    String first = "dict-sql: Failed to set 1 fields (first ";

    assertInvalid(
        "shared/price/" + UUID,
        "x",
        first
            + "shared/price/"
            + UUID
            + "): value field's value isn't a double: x (in pattern: shared/price/$)");
    assertInvalid(
        "shared/grade/1",
        UUID + "0",
        first
            + "shared/grade/1): value field's value isn't an uuid: "
            + UUID
            + "0 (in pattern: shared/grade/$)");
    for (String number : List.of("", "nan", "inf", "1e999", "0x1p3", "1,5", "1e", " 1", "--1")) {
      assertThatThrownBy(() -> set("shared/price/" + UUID, number))
          .hasCauseInstanceOf(InvalidValueException.class);
    }
    assertThatThrownBy(() -> join(dict.lookup("shared/price/1", NOBODY)))
        .hasMessageContaining("k field's value isn't an uuid: 1 (in pattern: shared/price/$)");
    assertThatThrownBy(() -> join(dict.lookup("shared/grade/x", NOBODY)))
        .hasMessageContaining("k field's value isn't a double: x (in pattern: shared/grade/$)");
  }

  private void assertInvalid(String key, String value, String message) {
    assertThatThrownBy(() -> set(key, value))
        .cause()
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(message);
  }

  private static String name(ValueType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static String path(ValueType type) {
    return "shared/" + name(type) + "/";
  }

  private static DictMaps mapOfEachType() {
    return DictMaps.of(
        Arrays.stream(ValueType.values())
            .map(type -> Maps.price(path(type) + "$k", "t_" + name(type), type, type))
            .toList());
  }

  /** The least and the greatest, or the shortest and the longest, that a created column holds. */
  @ParameterizedTest
  @EnumSource
  void keepsEachTypeInItsColumn(TestDatabases kind) {
    database = kind.create();
    pool = database.pool(4);
    dict = JdbcDict.create(pool, mapOfEachType());
    JdbcSchema.of(mapOfEachType()).createMissing(pool);
    Map<ValueType, List<String>> samples =
        Map.of(
            ValueType.STRING, List.of("", "Grüße \ud83d\udcec".repeat(23)),
            ValueType.UINT, List.of("0", "9223372036854775807"),
            ValueType.INT, List.of("-9223372036854775808", "9223372036854775807"),
            ValueType.DOUBLE, List.of("-1.5e300", "3.14159265358979"),
            ValueType.HEXBLOB, List.of("00", "00ff".repeat(127)),
            ValueType.UUID, List.of("00000000-0000-0000-0000-000000000000", UUID));
    samples.forEach(
        (type, values) -> {
          String path = path(type);
          set(path + values.get(1), values.get(0));
          assertThat(lookup(path + values.get(1))).isEqualTo(values.get(0));
          set(path + values.get(1), values.get(1));
          assertThat(rows(path))
              .containsExactly(new DictRow(path + values.get(1), List.of(values.get(1))));
          join(dict.commit(DictTransaction.builder(NOBODY).unset(path + values.get(1)).build()));
          assertThat(rows(path)).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void anUnsignedColumnHolds64Bits(TestDatabases kind) throws Exception {
    database = kind.create();
    pool = database.pool(4);
    dict = JdbcDict.create(pool, mapOfEachType());
    String type = kind.isOfMySql() ? "BIGINT UNSIGNED" : "NUMERIC(20)";
    database.execute("CREATE TABLE t_uint (k " + type + " PRIMARY KEY, v " + type + ")");
    String key = "shared/uint/18446744073709551615";

    if (kind == TestDatabases.SQLITE) {
      assertThatThrownBy(() -> set(key, "1")).hasMessageContaining("SQLite's greatest integer");
      return;
    }
    set(key, "18446744073709551614");
    assertThat(lookup(key)).isEqualTo("18446744073709551614");
    join(dict.commit(DictTransaction.builder(NOBODY).increment(key, 1).build()));
    assertThat(rows("shared/uint/"))
        .containsExactly(new DictRow(key, List.of("18446744073709551615")));
  }
}
