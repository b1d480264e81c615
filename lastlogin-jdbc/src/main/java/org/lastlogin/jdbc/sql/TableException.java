package org.lastlogin.jdbc.sql;

import java.sql.SQLException;
import java.util.List;

/** An error of a database with the table and the columns of the statement. */
final class TableException extends SQLException {
  private static final long serialVersionUID = 1L;

  private final String place;

  /**
   * Makes one.
   *
   * @param columns the columns that the statement writes: PostgreSQL does not say which one is at
   *     fault
   */
  TableException(String table, List<String> columns, SQLException cause) {
    super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
    this.place = "table " + table + (columns.isEmpty() ? "" : " " + columns);
  }

  /** Returns the table and the columns, in words. */
  String place() {
    return place;
  }
}
