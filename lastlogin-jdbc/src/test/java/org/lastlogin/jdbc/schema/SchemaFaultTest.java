package org.lastlogin.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.TogetherCommits;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/**
 * Tables that are not as the maps have them, from the beginning or from some moment on: their
 * commits fail alone, with a text that names the key, the table and what is wrong, and succeed
 * again as soon as the table is as it should be.
 */
class SchemaFaultTest {
  private static final String TABLE =
      "CREATE TABLE bad (k VARCHAR(20) PRIMARY KEY, amount VARCHAR(20))";
  private static final DictMaps MAPS = DictMaps.of(map("bad", "k", "amount"));
  private static final DictTransaction SET =
      TogetherCommits.of(new DictOperation.Set("shared/bad/x", "v"));
  private static final String FAILED = "sql dict: commit failed: key shared/bad/x: table bad";

  private static DictMap map(String table, String key, String value) {
    return DictMap.builder("shared/bad/$k", table)
        .valueField(value, ValueType.STRING)
        .keyField(key, "k")
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void aMissingTableIsNamed(TestDatabases kind) throws Exception {
    try (TogetherCommits commits = TogetherCommits.open(kind, MAPS)) {
      commits
          .assertRefusedAlone(SET)
          .hasMessageStartingWith(FAILED)
          .hasMessageMatching("(?s).*(does not exist|not found).*");

      commits.database().execute(TABLE);
      commits.set("shared/bad/x", "v");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTableWithoutAKeyIsNamed(TestDatabases kind) throws Exception {
    String table = "CREATE TABLE bad (k VARCHAR(20), amount VARCHAR(20))";
    try (TogetherCommits commits = TogetherCommits.open(kind, MAPS, table)) {
      commits
          .assertRefusedAlone(SET)
          .hasMessageStartingWith(FAILED)
          .hasMessageContaining("unique index")
          .hasMessageContaining("[k]");

      commits.database().execute("CREATE UNIQUE INDEX bad_k ON bad (k)");
      commits.set("shared/bad/x", "v");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aColumnThatIsDroppedMeanwhileIsNamed(TestDatabases kind) throws Exception {
    try (TogetherCommits commits = TogetherCommits.open(kind, MAPS, TABLE)) {
      commits.set("shared/bad/x", "v");
      commits.database().execute("ALTER TABLE bad DROP COLUMN amount");

      commits.assertRefusedAlone(SET).hasMessageStartingWith(FAILED).hasMessageContaining("amount");
      assertThatThrownBy(
              () -> TogetherCommits.get(commits.dict().lookup("shared/bad/x", DictContext.NO_USER)))
          .hasMessageContaining("shared/bad/x")
          .hasMessageContaining("table bad: ")
          .hasMessageContaining("amount");

      commits.database().execute("ALTER TABLE bad ADD COLUMN amount VARCHAR(20)");
      commits.set("shared/bad/x", "v");
    }
  }

  /** A connection of SQLite's may not notice that there is another table of that name. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
  void aTableThatLosesItsKeyMeanwhileIsNamed(TestDatabases kind) throws Exception {
    try (TogetherCommits commits = TogetherCommits.open(kind, MAPS, TABLE)) {
      commits.set("shared/bad/x", "v");
      commits
          .database()
          .execute(
              "DROP TABLE bad",
              "CREATE TABLE bad (id INT PRIMARY KEY, k VARCHAR(20), amount VARCHAR(20))");

      commits.assertRefusedAlone(SET).hasMessageStartingWith(FAILED);

      commits
          .database()
          .execute(
              "DROP TABLE bad",
              "CREATE TABLE bad (amount VARCHAR(20), part INT DEFAULT 1, k VARCHAR(20) UNIQUE)");
      commits.set("shared/bad/x", "v");
      assertThat(commits.database().query("SELECT k, amount FROM bad")).containsExactly("x,v");
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesMayBeReservedWords(TestDatabases kind) throws Exception {
    assertServes(kind, "order", "group", "select");
  }

  /** What the databases call the new row of an upsert, and we the old one. */
  @ParameterizedTest
  @EnumSource
  void namesMayBeThoseOfTheRowsOfAnUpsert(TestDatabases kind) throws Exception {
    assertServes(kind, "new", "k", "v");
    assertServes(kind, "excluded", "excluded", "new");
    assertServes(kind, "old", "old", "v");
  }

  @ParameterizedTest
  @EnumSource
  void namesMayNeedQuotes(TestDatabases kind) throws Exception {
    assertServes(kind, "last-login", "2nd-key", "w\u00e4hrung-$");
  }

  private static void assertServes(TestDatabases kind, String table, String key, String value)
      throws Exception {
    String quote = kind.isOfMySql() ? "`" : "\"";
    String create =
        "CREATE TABLE #%s# (#%s# VARCHAR(20) PRIMARY KEY, #%s# BIGINT)"
            .formatted(table, key, value)
            .replace("#", quote);
    DictMaps maps = DictMaps.of(map(table, key, value));
    try (TogetherCommits commits = TogetherCommits.open(kind, maps, create)) {
      JdbcDict dict = commits.dict();
      commits.set("shared/bad/a", "1");
      commits.set("shared/bad/a", "5");
      commits.set("shared/bad/b", "7");
      TogetherCommits.get(
          dict.commit(
              DictTransaction.builder(DictContext.NO_USER)
                  .increment("shared/bad/a", 2)
                  .unset("shared/bad/b")
                  .build()));
      assertThat(TogetherCommits.get(dict.lookup("shared/bad/a", DictContext.NO_USER)))
          .isEqualTo(LookupResult.found("7"));
      List<DictRow> rows = new ArrayList<>();
      TogetherCommits.get(
          dict.iterate(
              DictIteration.below("shared/bad/", DictContext.NO_USER), RowConsumer.of(rows::add)));
      assertThat(rows).containsExactly(new DictRow("shared/bad/a", List.of("7")));
      assertThat(
              TogetherCommits.get(
                  dict.commit(
                      TogetherCommits.of(new DictOperation.Increment("shared/bad/none", 1)))))
          .isEqualTo(CommitResult.NOT_FOUND);
    }
  }
}
