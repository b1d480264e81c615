package org.lastlogin.jdbc.sql;

import java.util.Iterator;
import java.util.List;

/**
 * The key of a row: a table, and columns with their values. Immutable.
 *
 * <p>Ordered by table and values.
 *
 * @param table the table's name, as configured
 * @param columns the key columns; none if the table has a single row
 * @param values their values, in the same order
 */
public record RowKey(String table, List<String> columns, List<SqlValue> values)
    implements Comparable<RowKey> {
  public RowKey {
    columns = List.copyOf(columns);
    values = List.copyOf(values);
  }

  /** Returns the value of a column. */
  SqlValue value(String column) {
    return values.get(columns.indexOf(column));
  }

  @Override
  public int compareTo(RowKey other) {
    int order = table.compareTo(other.table);
    Iterator<SqlValue> theirs = other.values.iterator();
    for (Iterator<SqlValue> ours = values.iterator(); order == 0 && ours.hasNext(); ) {
      order = theirs.hasNext() ? ours.next().compareTo(theirs.next()) : 1;
    }
    if (order == 0) {
      order = Integer.compare(values.size(), other.values.size());
    }
    return order != 0 || columns.equals(other.columns)
        ? order
        : columns.toString().compareTo(other.columns.toString());
  }
}
