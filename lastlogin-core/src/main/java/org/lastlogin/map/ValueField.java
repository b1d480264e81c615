package org.lastlogin.map;

import java.util.Objects;

/**
 * A column that holds a value of a map. Immutable.
 *
 * @param column the column's name
 * @param type how the value is written
 */
public record ValueField(String column, ValueType type) {
  public ValueField {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(type, "type");
  }
}
