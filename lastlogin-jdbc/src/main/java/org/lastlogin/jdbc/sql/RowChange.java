package org.lastlogin.jdbc.sql;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A checked change of one row. Immutable. */
public sealed interface RowChange {

  /** Returns the row that changes. */
  RowKey row();

  /** Returns the shape of its statement. */
  Shape shape();

  /** Adds its values to the parameters of its statement. */
  void addTo(List<SqlValue> parameters);

  /**
   * Sets columns of a row, and creates the row if it is missing.
   *
   * @param row the row
   * @param values the values by column; sorted, so that the same columns always make the same
   *     statement
   * @param keepNewest whether a greater number that the row has already stays
   * @param expiry when the row counts as gone: it is a new one then; {@code null} if it stays
   * @param otherColumns the columns of the row that a new one does not have
   */
  record Upsert(
      RowKey row,
      SortedMap<String, SqlValue> values,
      boolean keepNewest,
      @Nullable Expiry expiry,
      List<String> otherColumns)
      implements RowChange {
    public Upsert(RowKey row, Map<String, SqlValue> values, boolean keepNewest) {
      this(row, new TreeMap<>(values), keepNewest, null, List.of());
    }

    /** Returns this change and a later one of the same row and shape as one. */
    Upsert followedBy(Upsert later) {
      if (!keepNewest) {
        return later;
      }
      SortedMap<String, SqlValue> together = new TreeMap<>(values);
      Shape.Upsert shape = shape();
      later.values.forEach(
          (column, value) ->
              together.merge(
                  column, value, shape.compares(column) ? SqlValue::greater : (a, b) -> b));
      return new Upsert(row, together, true, later.expiry, otherColumns);
    }

    @Override
    public Shape.Upsert shape() {
      return new Shape.Upsert(
          row.table(),
          row.columns(),
          List.copyOf(values.keySet()),
          keepNewest,
          expiry == null ? null : expiry.column(),
          otherColumns);
    }

    /** Returns whether the row that this makes has expired by the time of a later change. */
    boolean isOverBy(Upsert later) {
      return expiry != null
          && later.expiry != null
          && values.get(expiry.column()) instanceof SqlValue.Whole end
          && end.number().longValue() <= later.expiry.now();
    }

    @Override
    public void addTo(List<SqlValue> parameters) {
      parameters.addAll(values.values());
      parameters.addAll(row.values());
    }
  }

  /**
   * Adds to columns of a row that exists.
   *
   * @param row the row
   * @param differences what to add, by column
   * @param expiry when the row counts as gone; {@code null} if it stays
   */
  record Increment(RowKey row, SortedMap<String, SqlValue> differences, @Nullable Expiry expiry)
      implements RowChange {
    @Override
    public Shape.Increment shape() {
      return new Shape.Increment(
          row.table(),
          row.columns(),
          List.copyOf(differences.keySet()),
          expiry == null ? null : expiry.column());
    }

    @Override
    public void addTo(List<SqlValue> parameters) {
      parameters.addAll(differences.values());
      parameters.addAll(row.values());
      if (expiry != null) {
        parameters.add(expiry.parameter());
      }
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
    public void addTo(List<SqlValue> parameters) {
      parameters.addAll(row.values());
    }
  }
}
