package org.lastlogin.jdbc;

import java.sql.SQLException;

/** What a database said about a statement, together with the table that the statement was about. */
final class TableException extends SQLException {
  private static final long serialVersionUID = 1L;

  private final String table;

  TableException(String table, SQLException cause) {
    super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
    this.table = table;
  }

  String table() {
    return table;
  }
}
