package org.lastlogin.map;

import java.util.Objects;

/**
 * A column that holds a variable of a map's pattern, and with the others finds the row. Immutable.
 *
 * @param column the column's name
 * @param variable the variable's name, without the dollar sign
 * @param type how the variable's text is written to the column
 */
public record KeyField(String column, String variable, ValueType type) {
  public KeyField {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(variable, "variable");
    Objects.requireNonNull(type, "type");
  }
}
