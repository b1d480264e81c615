package org.lastlogin.jdbc.sql;

import java.util.Optional;
import java.util.regex.Pattern;

/** Checks the names of tables and columns. Names that pass need only quotes in SQL. */
public final class SqlNames {
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_$-]{1,64}");

  /** With or without a schema. */
  private static final Pattern TABLE = Pattern.compile(NAME + "(?:\\." + NAME + ")?");

  private SqlNames() {}

  /**
   * Checks the name of a table, which may have a schema before it.
   *
   * @throws IllegalArgumentException if it has characters that names do not have
   */
  public static void checkTable(String table) {
    require(tableProblem(table));
  }

  /**
   * Checks the name of a column.
   *
   * @throws IllegalArgumentException if it has characters that names do not have
   */
  public static void checkColumn(String column) {
    require(columnProblem(column));
  }

  /** Returns what is wrong with the name of a table, which may have a schema before it. */
  public static Optional<String> tableProblem(String table) {
    return problem(TABLE, "table", table);
  }

  /** Returns what is wrong with the name of a column. */
  public static Optional<String> columnProblem(String column) {
    return problem(NAME, "column", column);
  }

  private static Optional<String> problem(Pattern pattern, String what, String name) {
    return pattern.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "Not the name of a "
                + what
                + ": \""
                + name
                + "\" (letters, digits, _, $ and -; at most 64 of them)");
  }

  private static void require(Optional<String> problem) {
    problem.ifPresent(
        reason -> {
          throw new IllegalArgumentException(reason);
        });
  }
}
