package org.lastlogin.jdbc;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/**
 * Values that a column refuses: the commit fails alone, with a text that names the key, the table,
 * the column and what is wrong.
 */
class RefusedValueTest {
  private static final DictMaps MAPS = DictMaps.of(map("shared/bad/$k", ValueType.STRING));

  private static DictMap map(String pattern, ValueType type) {
    return DictMap.builder(pattern, "bad").valueField("amount", type).keyField("k", "k").build();
  }

  /**
   * A column and what it does not take.
   *
   * @param column the type of the column {@code amount}
   * @param operation a set or increment of shared/bad/x
   * @param cause words of the database's
   */
  private record Refused(
      TestDatabases kind, String column, DictOperation operation, String cause) {}

  private static Refused set(TestDatabases kind, String column, String value, String cause) {
    return new Refused(kind, column, new DictOperation.Set("shared/bad/x", value), cause);
  }

  private static Refused increment(TestDatabases kind, String column, String cause) {
    return new Refused(
        kind, column, new DictOperation.Increment("shared/bad/full", Long.MAX_VALUE), cause);
  }

  static Stream<Refused> refused() {
    TestDatabases mariaDb = TestDatabases.MARIADB;
    TestDatabases postgreSql = TestDatabases.POSTGRESQL;
    TestDatabases sqlite = TestDatabases.SQLITE;
    String long300 = "x".repeat(300);
    String below5 = "CHECK (amount < 5)";
    return Stream.of(
        set(mariaDb, "VARCHAR(20)", long300, "Data too long"),
        set(postgreSql, "VARCHAR(20)", long300, "value too long"),
        set(sqlite, "TEXT CHECK (LENGTH(amount) < 20)", long300, "CHECK constraint failed"),
        set(mariaDb, "BIGINT", "soon", "Incorrect integer value"),
        set(postgreSql, "BIGINT", "soon", "invalid input syntax"),
        set(mariaDb, "INT", "99999999999", "Out of range value"),
        set(postgreSql, "INT", "99999999999", "out of range"),
        set(mariaDb, "SMALLINT UNSIGNED", "-1", "Out of range value"),
        set(mariaDb, "DATE", "2026-02-30", "Incorrect date value"),
        set(postgreSql, "DATE", "2026-02-30", "out of range"),
        set(mariaDb, "INT " + below5, "7", "CONSTRAINT"),
        set(postgreSql, "INT " + below5, "7", "violates check constraint"),
        set(sqlite, "INT " + below5, "7", "CHECK constraint failed"),
        set(mariaDb, "VARCHAR(20) CHARACTER SET latin1", "\u65e5\u672c", "Incorrect string value"),
        set(postgreSql, "VARCHAR(20)", "a\u0000b", "0x00"),
        increment(mariaDb, "BIGINT", "out of range"),
        increment(postgreSql, "BIGINT", "out of range"),
        increment(mariaDb, "INT", "out of range"),
        increment(postgreSql, "INT", "out of range"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void failsAloneAndSaysWhy(Refused refused) throws Exception {
    String table = "CREATE TABLE bad (k VARCHAR(20) PRIMARY KEY, amount " + refused.column + ")";
    try (TogetherCommits commits = TogetherCommits.open(refused.kind, MAPS, table)) {
      if (refused.operation instanceof DictOperation.Increment) {
        commits.set("shared/bad/full", "1");
      }
      commits
          .assertRefusedAlone(TogetherCommits.of(refused.operation))
          .hasMessageStartingWith(
              "sql dict: commit failed: key " + refused.operation.key() + ": table bad")
          .hasMessageContaining("amount")
          .hasMessageContaining(refused.cause);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aColumnThatNoMapFillsIsNamed(TestDatabases kind) throws Exception {
    String table =
        "CREATE TABLE bad (k VARCHAR(20) PRIMARY KEY, amount BIGINT, owner VARCHAR(20) NOT NULL)";
    try (TogetherCommits commits = TogetherCommits.open(kind, MAPS, table)) {
      commits
          .assertRefusedAlone(TogetherCommits.of(new DictOperation.Set("shared/bad/x", "1")))
          .hasMessageStartingWith("sql dict: commit failed: key shared/bad/x: table bad")
          .hasMessageContaining("owner");
    }
  }

  /** What the map's type excludes is refused before anything is sent, in Dovecot's words. */
  @ParameterizedTest
  @EnumSource
  void aValueOfAnotherTypeThanTheMapsIsNotSent(TestDatabases kind) throws Exception {
    DictMaps numbers = DictMaps.of(map("shared/bad/$k", ValueType.UINT));
    String table = "CREATE TABLE bad (k VARCHAR(20) PRIMARY KEY, amount BIGINT)";
    try (TogetherCommits commits = TogetherCommits.open(kind, numbers, table)) {
      commits
          .assertRefusedAlone(TogetherCommits.of(new DictOperation.Set("shared/bad/x", "soon")))
          .hasMessage(
              "dict-sql: Failed to set 1 fields (first shared/bad/x): value field's value isn't"
                  + " 64bit unsigned integer: soon (in pattern: shared/bad/$)");
    }
  }

  /** Several keys: the text names the first, and how many there are. */
  @ParameterizedTest
  @EnumSource
  void ofSeveralKeysTheFirstIsNamed(TestDatabases kind) throws Exception {
    String table =
        "CREATE TABLE bad (k VARCHAR(20) PRIMARY KEY, amount VARCHAR(300) CHECK (amount < '5'))";
    try (TogetherCommits commits = TogetherCommits.open(kind, MAPS, table)) {
      commits
          .assertRefusedAlone(
              DictTransaction.builder(DictContext.NO_USER)
                  .set("shared/bad/a", "1")
                  .set("shared/bad/b", "7")
                  .set("shared/bad/c", "1")
                  .build())
          .hasMessageStartingWith(
              "sql dict: commit failed: 3 keys (first shared/bad/a): table bad");
    }
  }
}
