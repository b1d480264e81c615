package org.lastlogin.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** Keys that somebody changes while they are in use. */
class UniqueKeysTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final RowKey ROW = row("a", "b");
  private static final String[] NARROW = {
    "DROP TABLE IF EXISTS t", "CREATE TABLE t (k VARCHAR(9) PRIMARY KEY, l VARCHAR(9), v BIGINT)"
  };
  private static final String[] WIDE = {
    "DROP TABLE IF EXISTS t",
    "CREATE TABLE t (k VARCHAR(9), l VARCHAR(9), v BIGINT, PRIMARY KEY (l, k))"
  };
  private static final String[] KEYLESS = {
    "DROP TABLE IF EXISTS t", "CREATE TABLE t (k VARCHAR(9), l VARCHAR(9), v BIGINT)"
  };

  private static RowKey row(String k, String l) {
    return new RowKey("t", List.of("k", "l"), List.of(new SqlValue.Text(k), new SqlValue.Text(l)));
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void areReadAgainAfterAMinute(TestDatabases kind) throws SQLException {
    TestDatabase database = kind.create();
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    UniqueKeys keys = new UniqueKeys(nanos::get);
    database.execute(NARROW);
    assertThat(find(keys, database)).isEqualTo(new UniqueKey(List.of("k")));
    assertThat(keys.identity(ROW)).isEqualTo(keys.identity(row("a", "other")));

    database.execute(WIDE);
    nanos.addAndGet(UniqueKeys.LIFETIME.toNanos() - 1);
    assertThat(find(keys, database)).isEqualTo(new UniqueKey(List.of("k")));
    assertThat(keys.identity(ROW)).isNotNull();
    nanos.addAndGet(1);
    assertThat(keys.identity(ROW)).isNull();
    assertThat(find(keys, database)).isEqualTo(new UniqueKey(List.of("l", "k")));
    assertThat(keys.identity(ROW)).isNotEqualTo(keys.identity(row("a", "other")));

    database.execute(KEYLESS);
    nanos.addAndGet(UniqueKeys.LIFETIME.toNanos());
    assertThatThrownBy(() -> find(keys, database)).hasMessageContaining("[k, l]");
  }

  private static UniqueKey find(UniqueKeys keys, TestDatabase database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return keys.reader(connection, SqlDialect.of(connection.getMetaData())).require(ROW);
    }
  }

  /** MariaDB and MySQL do not refuse anything. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"POSTGRESQL", "SQLITE"})
  void areReadAgainWhenAskedTo(TestDatabases kind) throws SQLException {
    TestDatabase tables = kind.create();
    Database database = new Database(tables.dataSource(), LIMIT, AutoCommitOff.OWN);
    tables.execute(NARROW);
    set(database, 1);
    tables.execute(WIDE);
    assertThatThrownBy(() -> set(database, 2)).isInstanceOf(SQLException.class);

    database.forgetKeys("t");

    set(database, 3);
    set(database, 4);
    assertThat(tables.query("SELECT k, l, v FROM t")).containsExactly("a,b,4");
  }

  private static void set(Database database, long number) throws SQLException {
    RowChange change = new RowChange.Upsert(ROW, Map.of("v", SqlValue.Whole.of(number)), false);
    database.write(List.of(change), LIMIT, () -> {});
  }
}
