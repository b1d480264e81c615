package org.lastlogin.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lastlogin.jdbc.sql.RowChange.Delete;
import org.lastlogin.jdbc.sql.RowChange.Increment;
import org.lastlogin.jdbc.sql.RowChange.Upsert;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

class ScriptWriterTest {
  private final TestDatabase tables = TestDatabases.SQLITE.create();
  private final Database database =
      new Database(tables.dataSource(), Duration.ofSeconds(10), AutoCommitOff.OWN);

  @BeforeEach
  void createTable() throws SQLException {
    tables.execute("CREATE TABLE t (k VARCHAR(9) PRIMARY KEY, v BIGINT)");
  }

  private static RowKey row(String key) {
    return new RowKey("t", List.of("k"), List.of(new SqlValue.Text(key)));
  }

  private static Upsert set(String key, long value) {
    return new Upsert(row(key), Map.of("v", SqlValue.Whole.of(value)), false);
  }

  private static Increment increment(String key, long difference) {
    return new Increment(row(key), new TreeMap<>(Map.of("v", SqlValue.Whole.of(difference))), null);
  }

  private int statements(RowChange... changes) throws SQLException {
    return database.withSession(
        session -> ScriptWriter.write(session, List.of(changes)).steps().size());
  }

  private void write(RowChange... changes) throws SQLException {
    write(List.of(changes));
  }

  private void write(List<RowChange> changes) throws SQLException {
    database.write(changes, Duration.ofSeconds(10), () -> {});
  }

  private List<String> rows() throws SQLException {
    return tables.query("SELECT k, v FROM t ORDER BY k");
  }

  @Test
  void rowsOfOneShapeTakeOneStatement() throws SQLException {
    assertThat(statements(set("b", 1), set("a", 2), set("b", 3))).isEqualTo(1);
    assertThat(statements(increment("a", 1))).isEqualTo(1);
    assertThat(statements(set("a", 2), increment("a", 1))).isEqualTo(2);
    assertThat(statements(new Delete(row("a")), new Delete(row("b")))).isEqualTo(1);
    assertThat(rows()).as("a plan changes nothing").isEmpty();
  }

  @Test
  void executesAPlan() throws SQLException {
    write(set("b", 1), set("a", 2), set("b", 3), increment("a", 10));

    assertThat(rows()).containsExactly("a,12", "b,3");
  }

  /** SQLite nests expressions 1,000 deep at most. */
  @Test
  void deletesAnyNumberOfRows() throws SQLException {
    List<RowChange> sets =
        IntStream.range(0, 1_200).<RowChange>mapToObj(i -> set("k" + i, i)).toList();
    List<RowChange> deletes =
        IntStream.range(1, 1_200).<RowChange>mapToObj(i -> new Delete(row("k" + i))).toList();

    write(sets);
    write(deletes);
    assertThat(rows()).containsExactly("k0,0");
  }

  @Test
  void anIncrementOfAMissingRowLeavesNothing() throws SQLException {
    Increment missing = increment("a", 10);

    assertThatThrownBy(() -> write(set("b", 1), missing))
        .isInstanceOfSatisfying(
            WriteScript.MissingRowException.class,
            e -> assertThat(e.increment()).isSameAs(missing));
    assertThat(rows()).isEmpty();
  }
}
