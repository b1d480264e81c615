package org.lastlogin.jdbc;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What happens to one row, once everything about it is checked. Immutable. */
sealed interface RowChange {

  /** The row that changes. */
  RowKey row();

  /**
   * Gives columns of a row values, and creates the row if it is missing.
   *
   * @param row the row
   * @param values the values by column; sorted, so that the same columns always make the same
   *     statement
   * @param keepNewest whether a greater number that the row has already stays
   */
  record Upsert(RowKey row, SortedMap<String, SqlValue> values, boolean keepNewest)
      implements RowChange {
    Upsert(RowKey row, Map<String, SqlValue> values, boolean keepNewest) {
      this(row, new TreeMap<>(values), keepNewest);
    }

    Shape shape() {
      return new Shape(row.table(), row.columns(), List.copyOf(values.keySet()), keepNewest);
    }
  }

  /**
   * Adds to columns of a row that exists.
   *
   * @param row the row
   * @param differences what to add, by column
   */
  record Increment(RowKey row, SortedMap<String, SqlValue> differences) implements RowChange {}

  /**
   * Removes a row; nothing happens if it does not exist.
   *
   * @param row the row
   */
  record Delete(RowKey row) implements RowChange {}

  /**
   * What upserts must have in common to share one statement.
   *
   * @param table the table
   * @param keyColumns the columns that find the row
   * @param valueColumns the columns that change
   * @param keepNewest whether greater numbers stay
   */
  record Shape(String table, List<String> keyColumns, List<String> valueColumns, boolean keepNewest)
      implements Comparable<Shape> {

    /** How many parameters a row takes. */
    int width() {
      return keyColumns.size() + valueColumns.size();
    }

    /** Any fixed order will do: what matters is that all writers have the same. */
    @Override
    public int compareTo(Shape other) {
      return toString().compareTo(other.toString());
    }
  }
}
