package org.lastlogin.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.lastlogin.jdbc.RowChange.Delete;
import org.lastlogin.jdbc.RowChange.Increment;
import org.lastlogin.jdbc.RowChange.Shape;
import org.lastlogin.jdbc.RowChange.Upsert;

/** Makes changes to rows within a transaction, by as few statements as it can. */
final class RowWriter {
  private final Session session;
  private String table = "";

  RowWriter(Session session) {
    this.session = session;
  }

  /** The table that was being written when an exception was thrown. */
  String table() {
    return table;
  }

  /**
   * Makes changes as if one after the other.
   *
   * @return false if a row that was to be incremented is not there; what is done by then is to be
   *     rolled back
   */
  boolean write(Collection<RowChange> changes) throws SQLException {
    WritePlan plan = new WritePlan();
    UniqueKeys.Reader keys = session.uniqueKeys();
    for (RowChange change : changes) {
      table = change.row().table();
      plan.add(
          change, change instanceof Upsert ? keys.require(change.row()) : keys.find(change.row()));
    }
    for (WritePlan.Wave wave : plan.waves()) {
      for (Shape shape : wave.upserts.keySet()) {
        upsert(shape, wave);
      }
      wave.others.sort(Comparator.comparing(RowChange::row));
      for (RowChange change : wave.others) {
        if (!apply(change)) {
          return false;
        }
      }
    }
    return true;
  }

  private void upsert(Shape shape, WritePlan.Wave wave) throws SQLException {
    table = shape.table();
    SqlDialect dialect = session.dialect();
    List<Upsert> rows = List.copyOf(wave.rows(shape));
    UniqueKey target = wave.target(shape);
    int most = dialect.maxRows(shape);
    for (int from = 0; from < rows.size(); from += most) {
      List<Upsert> part = rows.subList(from, Math.min(rows.size(), from + most));
      List<SqlValue> parameters = new ArrayList<>(part.size() * shape.width());
      for (Upsert row : part) {
        parameters.addAll(row.values().values());
        parameters.addAll(row.row().values());
      }
      session.update(new Sql(dialect.upsert(shape, target, part.size()), parameters));
    }
  }

  private boolean apply(RowChange change) throws SQLException {
    RowKey row = change.row();
    table = row.table();
    SqlDialect dialect = session.dialect();
    if (change instanceof Increment increment) {
      SortedMap<String, SqlValue> differences = increment.differences();
      List<SqlValue> parameters = new ArrayList<>(differences.values());
      parameters.addAll(row.values());
      List<String> columns = List.copyOf(differences.keySet());
      return session.update(
              new Sql(dialect.increment(row.table(), columns, row.columns()), parameters))
          > 0;
    }
    if (change instanceof Delete) {
      session.update(new Sql(dialect.delete(row.table(), row.columns()), row.values()));
    }
    return true;
  }
}
