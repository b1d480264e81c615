package org.lastlogin.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.lastlogin.jdbc.RowChange.Increment;
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
      for (WritePlan.Batch batch : wave.batches()) {
        addSteps(batch, steps);
      }
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

  private void addSteps(WritePlan.Batch batch, List<Step> steps) {
    SqlTemplate template = session.template(batch.shape(), batch.target());
    List<RowChange> changes = batch.changes();
    for (int from = 0; from < changes.size(); from += template.maxRows()) {
      List<RowChange> part =
          changes.subList(from, Math.min(changes.size(), from + template.maxRows()));
      List<SqlValue> parameters = new ArrayList<>();
      part.forEach(change -> parameters.addAll(change.parameters()));
      Optional<Increment> increment =
          part.get(0) instanceof Increment one ? Optional.of(one) : Optional.empty();
      Sql sql = new Sql(template.text(part.size()), parameters);
      steps.add(new Step(batch.shape().table(), sql, increment));
    }
  }
}
