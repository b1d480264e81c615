package org.lastlogin.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.lastlogin.jdbc.RowChange.Increment;
import org.lastlogin.jdbc.RowChange.Shape;
import org.lastlogin.jdbc.RowChange.Upsert;
import org.lastlogin.jdbc.WriteScript.Step;

/** Makes changes to rows, by as few statements as it can. */
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
    return execute(plan(changes));
  }

  /**
   * The statements that make changes as if one after the other. The unique keys of tables that were
   * never written before are read for it; nothing is changed.
   */
  WriteScript plan(Collection<RowChange> changes) throws SQLException {
    WritePlan plan = new WritePlan();
    UniqueKeys.Reader keys = session.uniqueKeys();
    for (RowChange change : changes) {
      table = change.row().table();
      plan.add(
          change, change instanceof Upsert ? keys.require(change.row()) : keys.find(change.row()));
    }
    List<Step> steps = new ArrayList<>();
    for (WritePlan.Wave wave : plan.waves()) {
      for (Shape shape : wave.upserts.keySet()) {
        addUpserts(shape, wave, steps);
      }
      wave.others.stream()
          .sorted(Comparator.comparing(RowChange::row))
          .map(this::single)
          .forEach(steps::add);
    }
    return new WriteScript(steps);
  }

  /**
   * Executes statements.
   *
   * @return false if a row that was to be incremented is not there; what is done by then is to be
   *     rolled back
   */
  boolean execute(WriteScript script) throws SQLException {
    for (Step step : script.steps()) {
      table = step.table();
      if (session.update(step.sql()) == 0 && step.increment().isPresent()) {
        return false;
      }
    }
    return true;
  }

  private void addUpserts(Shape shape, WritePlan.Wave wave, List<Step> steps) {
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
      Sql sql = new Sql(dialect.upsert(shape, target, part.size()), parameters);
      steps.add(new Step(shape.table(), sql, Optional.empty()));
    }
  }

  private Step single(RowChange change) {
    RowKey row = change.row();
    SqlDialect dialect = session.dialect();
    if (change instanceof Increment increment) {
      SortedMap<String, SqlValue> differences = increment.differences();
      List<SqlValue> parameters = new ArrayList<>(differences.values());
      parameters.addAll(row.values());
      List<String> columns = List.copyOf(differences.keySet());
      String text = dialect.increment(row.table(), columns, row.columns());
      return new Step(row.table(), new Sql(text, parameters), Optional.of(increment));
    }
    Sql delete = new Sql(dialect.delete(row.table(), row.columns()), row.values());
    return new Step(row.table(), delete, Optional.empty());
  }
}
