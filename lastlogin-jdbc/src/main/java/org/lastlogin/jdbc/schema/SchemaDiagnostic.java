package org.lastlogin.jdbc.schema;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A difference between a table and what is kept in it, with the statements that correct it.
 * Immutable.
 *
 * <p>The statements are in the dialect of the database. Nothing here executes them. They keep the
 * rows. The database refuses a statement that the rows contradict, such as a key over rows that are
 * equal in it. Execute the statements of several diagnostics of a table in their order.
 *
 * @param impact its effect
 * @param kind what it is
 * @param table the table, as the maps name it
 * @param column the column, if it is about a single one
 * @param message what is wrong, and what comes of it
 * @param statements the statements that mend it, to be executed one after the other; none if no
 *     statement could
 */
public record SchemaDiagnostic(
    Impact impact,
    Kind kind,
    String table,
    Optional<String> column,
    String message,
    List<String> statements) {

  /** The effect on the maps or the store that use the table. */
  public enum Impact {
    /** Reads or writes fail, or their results are wrong. Shown as an error. */
    BREAKS("error"),
    /** The table works, but is slow, or will fail, or may not keep all values. A warning. */
    DEGRADES("warning");

    private final String label;

    Impact(String label) {
      this.label = label;
    }
  }

  /** What is wrong. */
  public enum Kind {
    /** The table does not exist, or the user may not see it. */
    MISSING_TABLE,
    /** The table has no such column. */
    MISSING_COLUMN,
    /**
     * No primary key or unique index consists of columns of the key alone, so that rows cannot be
     * told apart and nothing can be set.
     */
    NO_UNIQUE_KEY,
    /**
     * The table's storage engine has no transactions: a commit that fails may have been made in
     * part, and an increment that is tried again may count twice.
     */
    NO_TRANSACTIONS,
    /** The column is of a type that cannot have these values, or not as they are. */
    WRONG_TYPE,
    /** The column is of the right kind, and not wide enough. */
    TOO_NARROW,
    /** No index begins with a column by which rows are found, so that all of them are read. */
    MISSING_INDEX,
    /** The column's collation takes different names for the same one. */
    WRONG_COLLATION
  }

  public SchemaDiagnostic {
    Objects.requireNonNull(impact, "impact");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(message, "message");
    statements = List.copyOf(statements);
  }

  /**
   * Returns the text to show: {@code table.column: warning: message}, then each statement in a line
   * of its own, ended by a semicolon. Lines are separated by LF; there is none at the end.
   */
  public String render() {
    StringBuilder out = new StringBuilder(toString());
    statements.forEach(statement -> out.append("\n    ").append(statement).append(';'));
    return out.toString();
  }

  /** Returns one line: {@code table.column: warning: message}. */
  @Override
  public String toString() {
    String place = column.map(name -> table + "." + name).orElse(table);
    return place + ": " + impact.label + ": " + message;
  }
}
