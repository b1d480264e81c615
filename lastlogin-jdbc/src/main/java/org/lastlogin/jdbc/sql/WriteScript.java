package org.lastlogin.jdbc.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.lastlogin.jdbc.sql.RowChange.Increment;

/**
 * The statements that make changes, in their order. Immutable.
 *
 * @param steps the statements
 */
public record WriteScript(List<Step> steps) {
  public WriteScript {
    steps = List.copyOf(steps);
  }

  /**
   * One statement.
   *
   * @param shape what it changes
   * @param sql the statement
   * @param increment the increment that it makes, if it does; everything is to be rolled back if it
   *     finds no row
   */
  record Step(Shape shape, Sql sql, Optional<Increment> increment) {}

  /** A row to be incremented does not exist; the script is to be rolled back. */
  public static final class MissingRowException extends SQLException {
    private static final long serialVersionUID = 1L;

    private final transient Increment increment;

    MissingRowException(Increment increment) {
      super("There is no row to increment in " + increment.row().table(), "02000");
      this.increment = increment;
    }

    public Increment increment() {
      return increment;
    }
  }

  /**
   * Returns whether it needs no transaction around it: a single statement is one. If its answer is
   * lost, its outcome is unknown, so it must be one that can be repeated.
   */
  boolean isAtomic() {
    return steps.isEmpty() || (steps.size() == 1 && steps.get(0).increment().isEmpty());
  }

  /**
   * Executes the statements.
   *
   * @return how many
   * @throws MissingRowException if a row that was to be incremented is not there
   */
  int execute(Session session) throws SQLException {
    for (Step step : steps) {
      if (update(session, step) == 0 && step.increment().isPresent()) {
        throw new MissingRowException(step.increment().get());
      }
    }
    return steps.size();
  }

  private static int update(Session session, Step step) throws SQLException {
    try {
      return session.update(step.sql());
    } catch (SQLException e) {
      throw new TableException(step.shape().table(), step.shape().columns(), e);
    }
  }
}
