package org.lastlogin.jdbc;

import java.util.List;

/** What statements have in common that differ in their values and rows alone. Immutable. */
sealed interface Shape {

  /** The table. */
  String table();

  /** The columns that find a row. */
  List<String> keyColumns();

  /**
   * Inserts rows, or updates those that exist.
   *
   * @param table the table
   * @param keyColumns the columns that find a row
   * @param valueColumns the columns that change
   * @param keepNewest whether greater numbers stay
   */
  record Upsert(
      String table, List<String> keyColumns, List<String> valueColumns, boolean keepNewest)
      implements Shape {}

  /**
   * Adds to columns of a row.
   *
   * @param table the table
   * @param keyColumns the columns that find the row
   * @param columns the columns that change
   */
  record Increment(String table, List<String> keyColumns, List<String> columns) implements Shape {}

  /**
   * Deletes rows.
   *
   * @param table the table
   * @param keyColumns the columns that find a row
   */
  record Delete(String table, List<String> keyColumns) implements Shape {}
}
