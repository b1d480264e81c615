package org.lastlogin.jdbc;

import java.util.regex.Pattern;

/** Which names tables and columns may have: those that nothing but quotes is needed for. */
final class SqlNames {
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_$-]{1,64}");

  /** With or without a schema. */
  private static final Pattern TABLE = Pattern.compile(NAME + "(?:\\." + NAME + ")?");

  private SqlNames() {}

  /**
   * Checks the name of a table, which may have a schema before it.
   *
   * @throws IllegalArgumentException if it has characters that names do not have
   */
  static void checkTable(String table) {
    check(TABLE, "table", table);
  }

  /**
   * Checks the name of a column.
   *
   * @throws IllegalArgumentException if it has characters that names do not have
   */
  static void checkColumn(String column) {
    check(NAME, "column", column);
  }

  private static void check(Pattern pattern, String what, String name) {
    if (!pattern.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Not the name of a "
              + what
              + ": \""
              + name
              + "\" (letters, digits, _, $ and -; at most 64 of them)");
    }
  }
}
