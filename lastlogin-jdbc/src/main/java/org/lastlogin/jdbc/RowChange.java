package org.lastlogin.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What happens to one row, once everything about it is checked. Immutable. */
sealed interface RowChange {

  /** The row that changes. */
  RowKey row();

  /** What the statement that makes it has in common with others. */
  Shape shape();

  /** What it adds to the parameters of its statement. */
  List<SqlValue> parameters();

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

    /** What this change and one that comes behind it, of the same row and shape, do together. */
    Upsert followedBy(Upsert later) {
      if (!keepNewest) {
        return later;
      }
      SortedMap<String, SqlValue> greatest = new TreeMap<>(values);
      later.values.forEach((column, value) -> greatest.merge(column, value, SqlValue::greater));
      return new Upsert(row, greatest, true);
    }

    @Override
    public Shape.Upsert shape() {
      return new Shape.Upsert(row.table(), row.columns(), List.copyOf(values.keySet()), keepNewest);
    }

    @Override
    public List<SqlValue> parameters() {
      return concat(values.values(), row.values());
    }
  }

  /**
   * Adds to columns of a row that exists.
   *
   * @param row the row
   * @param differences what to add, by column
   */
  record Increment(RowKey row, SortedMap<String, SqlValue> differences) implements RowChange {
    @Override
    public Shape.Increment shape() {
      return new Shape.Increment(row.table(), row.columns(), List.copyOf(differences.keySet()));
    }

    @Override
    public List<SqlValue> parameters() {
      return concat(differences.values(), row.values());
    }
  }

  /**
   * Removes a row; nothing happens if it does not exist.
   *
   * @param row the row
   */
  record Delete(RowKey row) implements RowChange {
    @Override
    public Shape.Delete shape() {
      return new Shape.Delete(row.table(), row.columns());
    }

    @Override
    public List<SqlValue> parameters() {
      return row.values();
    }
  }

  private static List<SqlValue> concat(Iterable<SqlValue> first, List<SqlValue> second) {
    List<SqlValue> all = new ArrayList<>();
    first.forEach(all::add);
    all.addAll(second);
    return all;
  }
}
