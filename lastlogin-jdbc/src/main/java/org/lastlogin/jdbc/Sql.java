package org.lastlogin.jdbc;

import java.util.List;

/**
 * A statement and what is bound to it. Immutable.
 *
 * @param text the statement, with a question mark for every parameter
 * @param parameters the values of the question marks
 */
record Sql(String text, List<SqlValue> parameters) {
  Sql {
    parameters = List.copyOf(parameters);
  }
}
