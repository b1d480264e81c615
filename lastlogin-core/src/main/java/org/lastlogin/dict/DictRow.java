package org.lastlogin.dict;

import java.util.List;
import java.util.Objects;

/**
 * One row of an iteration. Immutable.
 *
 * @param key the row's key
 * @param values its values; none if the iteration asked for keys alone; a column that is NULL is an
 *     empty value
 */
public record DictRow(String key, List<String> values) {
  public DictRow {
    Objects.requireNonNull(key, "key");
    values = List.copyOf(values);
  }
}
