package org.lastlogin.jdbc.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.lastlogin.jdbc.sql.RowChange.Increment;
import org.lastlogin.jdbc.sql.RowChange.Upsert;
import org.lastlogin.jdbc.sql.WriteScript.Step;

/** Writes changes of rows as few statements. For use by one thread. */
public final class ScriptWriter {
  /**
   * The maximum number of characters of values in a statement. Servers refuse packets of 16 MiB.
   */
  private static final long MAX_LENGTH = 1_000_000;

  private final Session session;
  private final List<Step> steps = new ArrayList<>();

  private ScriptWriter(Session session) {
    this.session = session;
  }

  /**
   * Returns the statements that make changes as if one after the other. The unique keys of tables
   * that were never written before are read for it; nothing is changed.
   */
  public static WriteScript write(Session session, Collection<RowChange> changes)
      throws SQLException {
    ScriptWriter writer = new ScriptWriter(session);
    for (WritePlan.Wave wave : plan(session, changes).waves()) {
      wave.batches().forEach(writer::addSteps);
    }
    return new WriteScript(writer.steps);
  }

  private static WritePlan plan(Session session, Collection<RowChange> changes)
      throws SQLException {
    WritePlan plan = new WritePlan();
    UniqueKeys.Reader keys = session.uniqueKeys();
    for (RowChange change : changes) {
      try {
        plan.add(
            change,
            change instanceof Upsert ? keys.require(change.row()) : keys.find(change.row()));
      } catch (SQLException e) {
        throw new TableException(change.row().table(), List.of(), e);
      }
    }
    return plan;
  }

  private void addSteps(WritePlan.Batch batch) {
    SqlTemplate template = session.template(batch.shape(), batch.target());
    List<RowChange> changes = batch.changes();
    for (int from = 0; from < changes.size(); ) {
      List<SqlValue> parameters = new ArrayList<>();
      int end = from;
      long length = 0;
      while (end < changes.size() && end - from < template.maxRows() && length < MAX_LENGTH) {
        int row = parameters.size();
        changes.get(end++).addTo(parameters);
        for (SqlValue value : parameters.subList(row, parameters.size())) {
          length += value.length();
        }
      }
      List<RowChange> part = changes.subList(from, end);
      parameters.addAll(clocks(batch.shape(), part));
      Optional<Increment> increment =
          part.get(0) instanceof Increment one ? Optional.of(one) : Optional.empty();
      Sql sql = new Sql(template.text(part.size()), parameters);
      steps.add(new Step(batch.shape(), sql, increment));
      from = end;
    }
  }

  /**
   * Returns the present time, once for each parameter of an upsert that needs it: the time of its
   * latest change.
   */
  private static List<SqlValue> clocks(Shape shape, List<RowChange> changes) {
    if (!(shape instanceof Shape.Upsert upsert) || upsert.clocks() == 0) {
      return List.of();
    }
    long now =
        changes.stream()
            .map(change -> Objects.requireNonNull(((Upsert) change).expiry(), "expiry"))
            .mapToLong(Expiry::now)
            .max()
            .orElseThrow();
    return Collections.nCopies(upsert.clocks(), SqlValue.Whole.of(now));
  }
}
