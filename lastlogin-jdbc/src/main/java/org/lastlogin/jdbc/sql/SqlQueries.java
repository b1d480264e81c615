package org.lastlogin.jdbc.sql;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The queries, which are the same in all dialects but for the quotes around names. Immutable. */
public final class SqlQueries {
  private final SqlDialect dialect;

  public SqlQueries(SqlDialect dialect) {
    this.dialect = dialect;
  }

  private String select(List<String> columns, String table) {
    return "SELECT " + dialect.names(columns) + " FROM " + dialect.table(table);
  }

  /**
   * Reads columns of a row.
   *
   * @param expireColumn the column that says when the row expires, or {@code null}; if there is
   *     one, the last parameter is the present time
   */
  String select(
      List<String> columns, String table, List<String> keyColumns, @Nullable String expireColumn) {
    return select(columns, table) + dialect.where(keyColumns, expireColumn);
  }

  /**
   * Reads columns of several rows at once, each after its number, counted from 0. Each row has a
   * query of its own, because only the database knows which key a row matches.
   */
  public String selectMany(
      List<String> columns,
      String table,
      List<String> keyColumns,
      @Nullable String expireColumn,
      int rows) {
    String select = select(columns, table, keyColumns, expireColumn);
    String behindNumber = "," + select.substring("SELECT ".length());
    return IntStream.range(0, rows)
        .mapToObj(number -> "SELECT " + number + behindNumber)
        .collect(Collectors.joining(" UNION ALL "));
  }

  /**
   * Reads a page of the rows where one column has a value, in the order of another one and after a
   * value of that; a later page costs no more than the first.
   */
  public String selectPage(List<String> columns, String table, String column, String orderColumn) {
    return select(columns, table)
        + " WHERE "
        + dialect.name(column)
        + "=? AND "
        + dialect.name(orderColumn)
        + ">? ORDER BY "
        + dialect.name(orderColumn)
        + " LIMIT ?";
  }

  /** Reads columns of rows in an order; if it is limited, the limit is the last parameter. */
  public String selectOrdered(
      List<String> columns,
      String table,
      List<Criterion> conditions,
      List<String> order,
      boolean limited) {
    return select(columns, table)
        + dialect.where(conditions)
        + (order.isEmpty() ? "" : " ORDER BY " + dialect.names(order))
        + (limited ? " LIMIT ?" : "");
  }
}
