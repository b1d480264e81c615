package org.lastlogin.jdbc;

import java.util.List;
import java.util.Optional;
import org.lastlogin.jdbc.RowChange.Increment;

/**
 * The statements that make changes, in their order. Immutable.
 *
 * @param steps the statements
 */
record WriteScript(List<Step> steps) {
  WriteScript {
    steps = List.copyOf(steps);
  }

  /** How many statements there are. A single one needs no transaction of its own. */
  int statements() {
    return steps.size();
  }

  /**
   * One statement.
   *
   * @param table the table that it changes
   * @param sql the statement
   * @param increment the increment that it makes, if it does; everything is to be rolled back if it
   *     finds no row
   */
  record Step(String table, Sql sql, Optional<Increment> increment) {}
}
