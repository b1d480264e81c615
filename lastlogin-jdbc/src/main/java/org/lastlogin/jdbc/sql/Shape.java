package org.lastlogin.jdbc.sql;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The shape of a statement: all but its values and the number of its rows. Immutable. */
public sealed interface Shape {

  /** Returns the table. */
  String table();

  /** Returns the columns that find a row. */
  List<String> keyColumns();

  /** Returns the columns that have a parameter in each row. */
  default List<String> columns() {
    return keyColumns();
  }

  /**
   * Inserts rows, or updates those that exist.
   *
   * @param table the table
   * @param keyColumns the columns that find a row
   * @param valueColumns the columns that change
   * @param keepNewest whether greater numbers stay
   * @param expireColumn the one of the columns that says when the row expires, or {@code null} if
   *     it does not
   * @param otherColumns the columns that become NULL if the row had expired
   */
  record Upsert(
      String table,
      List<String> keyColumns,
      List<String> valueColumns,
      boolean keepNewest,
      @Nullable String expireColumn,
      List<String> otherColumns)
      implements Shape {
    Upsert(String table, List<String> keyColumns, List<String> valueColumns, boolean keepNewest) {
      this(table, keyColumns, valueColumns, keepNewest, null, List.of());
    }

    @Override
    public List<String> columns() {
      return concat(valueColumns, keyColumns);
    }

    /** Returns whether what the row has already says what a column becomes. */
    boolean compares(String column) {
      return keepNewest && !column.equals(expireColumn);
    }

    /**
     * Returns the number of parameters after the rows that are the present time: one for each
     * comparison with the old row.
     */
    int clocks() {
      return expireColumn == null
          ? 0
          : otherColumns.size() + (int) valueColumns.stream().filter(this::compares).count();
    }
  }

  /**
   * Adds to columns of a row.
   *
   * @param table the table
   * @param keyColumns the columns that find the row
   * @param valueColumns the columns that change
   * @param expireColumn the column that says when the row expires, or {@code null} if it does not
   */
  record Increment(
      String table,
      List<String> keyColumns,
      List<String> valueColumns,
      @Nullable String expireColumn)
      implements Shape {
    @Override
    public List<String> columns() {
      return concat(valueColumns, keyColumns);
    }
  }

  /**
   * Deletes rows.
   *
   * @param table the table
   * @param keyColumns the columns that find a row
   */
  record Delete(String table, List<String> keyColumns) implements Shape {}

  /**
   * Deletes a row if it has expired. The last parameter is the present time.
   *
   * @param table the table
   * @param keyColumns the columns that find the row
   * @param expireColumn the column that says when it expires
   */
  record DeleteExpired(String table, List<String> keyColumns, String expireColumn)
      implements Shape {}

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
