package org.lastlogin.jdbc.sql;

import java.util.List;

/**
 * A statement and what is bound to it. Immutable.
 *
 * @param text the statement, with a question mark for every parameter
 * @param parameters the values of the question marks
 */
public record Sql(String text, List<SqlValue> parameters) {
  public Sql {
    parameters = List.copyOf(parameters);
  }
}
