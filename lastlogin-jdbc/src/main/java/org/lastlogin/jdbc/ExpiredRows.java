package org.lastlogin.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lastlogin.jdbc.sql.Criterion;
import org.lastlogin.jdbc.sql.KeyColumns;
import org.lastlogin.jdbc.sql.Session;
import org.lastlogin.jdbc.sql.Shape;
import org.lastlogin.jdbc.sql.Sql;
import org.lastlogin.jdbc.sql.SqlQueries;
import org.lastlogin.jdbc.sql.SqlValue;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.ValueType;

/**
 * The rows of a table that have expired, and how they are removed. Immutable.
 *
 * <p>They are read without locks, and then removed by their keys, one by one, in every dialect. In
 * MariaDB and MySQL, a DELETE with a limit would lock each row that it reads, and so might one of
 * several keys, for which the optimizer may read a whole small table.
 *
 * @param table the table
 * @param columns the columns that tell rows apart, with their types
 * @param expireColumn the column with the time
 */
record ExpiredRows(String table, Map<String, ValueType> columns, String expireColumn) {
  /** The number of rows that are read at a time. */
  private static final int BATCH = 500;

  /** Returns the rows of a map; none if they never expire. */
  static Optional<ExpiredRows> of(DictMap map) {
    return map.expireField().map(column -> of(map, column));
  }

  private static ExpiredRows of(DictMap map, String expireColumn) {
    Map<String, ValueType> columns = KeyColumns.of(map);
    if (columns.isEmpty()) {
      columns.put(expireColumn, ValueType.INT);
    }
    return new ExpiredRows(map.table(), columns, expireColumn);
  }

  /**
   * Looks for some of them.
   *
   * @param now the present time, in seconds since 1970
   * @return their keys; none if there are no more
   */
  List<List<SqlValue>> find(Session session, long now) throws SQLException {
    return session.query(select(session.queries(), now), this::read);
  }

  /**
   * Removes some of them. A row that was set again meanwhile stays.
   *
   * @return how many were removed
   */
  int remove(Session session, List<List<SqlValue>> keys, long now) throws SQLException {
    Shape shape = new Shape.DeleteExpired(table, columnNames(), expireColumn);
    String delete = session.template(shape, null).text(1);
    int removed = 0;
    for (List<SqlValue> key : keys) {
      List<SqlValue> parameters = new ArrayList<>(key);
      parameters.add(SqlValue.Whole.of(now));
      removed += session.update(new Sql(delete, parameters));
    }
    return removed;
  }

  /**
   * Returns the failure for rows that are found and cannot be removed. NULL is not equal to itself.
   */
  SQLException stuck(List<List<SqlValue>> keys) {
    return new SQLException(
        keys.size()
            + " rows that have expired cannot be found again by "
            + columnNames()
            + (keys.stream().anyMatch(ExpiredRows::hasNull) ? ": one of these is NULL" : ""));
  }

  private static boolean hasNull(List<SqlValue> key) {
    return key.stream().anyMatch(SqlValue.Null.class::isInstance);
  }

  private Sql select(SqlQueries queries, long now) {
    List<Criterion> expired = List.of(new Criterion(expireColumn, Criterion.Kind.EXPIRED));
    String text = queries.selectOrdered(columnNames(), table, expired, List.of(), true);
    return new Sql(text, List.of(SqlValue.Whole.of(now), SqlValue.Whole.of(BATCH)));
  }

  private List<List<SqlValue>> read(ResultSet rows) throws SQLException {
    List<ValueType> types = List.copyOf(columns.values());
    List<List<SqlValue>> keys = new ArrayList<>();
    while (rows.next()) {
      List<SqlValue> key = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        SqlValue value = SqlValue.parse(types.get(i), SqlValue.read(types.get(i), rows, i + 1));
        key.add(value == null || rows.wasNull() ? new SqlValue.Null() : value);
      }
      keys.add(key);
    }
    return keys;
  }

  private List<String> columnNames() {
    return List.copyOf(columns.keySet());
  }
}
