package org.lastlogin.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.KeyField;
import org.lastlogin.map.ValueField;
import org.lastlogin.map.ValueType;

/**
 * The columns of a table that is to be created. Immutable.
 *
 * @param table its name
 * @param keys the columns of the primary key, in their order
 * @param values the other columns
 */
record TableDefinition(String table, Map<String, ValueType> keys, Map<String, ValueType> values) {

  /**
   * The tables that maps need.
   *
   * @throws IllegalArgumentException if maps disagree on the keys of a table or the type of a
   *     column, or have no column that finds a row
   */
  static List<TableDefinition> of(Iterable<DictMap> maps) {
    Map<String, TableDefinition> tables = new LinkedHashMap<>();
    for (DictMap map : maps) {
      tables.merge(map.table(), of(map), TableDefinition::join);
    }
    return new ArrayList<>(tables.values());
  }

  private static TableDefinition of(DictMap map) {
    Map<String, ValueType> keys = new LinkedHashMap<>();
    for (KeyField field : map.keyFields()) {
      keys.put(field.column(), field.type());
    }
    if (map.pattern().literalPrefix().startsWith("priv/")) {
      map.usernameField().ifPresent(column -> keys.put(column, ValueType.STRING));
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "The table " + map.table() + " would have no key: no field finds its row");
    }
    Map<String, ValueType> values = new LinkedHashMap<>();
    for (ValueField field : map.valueFields()) {
      values.put(field.column(), field.type());
    }
    return new TableDefinition(map.table(), keys, values);
  }

  private static TableDefinition join(TableDefinition a, TableDefinition b) {
    if (!a.keys.equals(b.keys)) {
      throw new IllegalArgumentException(
          "Maps disagree on the keys of the table "
              + a.table
              + ": "
              + a.keys.keySet()
              + " and "
              + b.keys.keySet());
    }
    Map<String, ValueType> values = new LinkedHashMap<>(a.values);
    b.values.forEach(
        (column, type) -> {
          ValueType other = values.putIfAbsent(column, type);
          if (other != null && other != type) {
            throw new IllegalArgumentException(
                "Maps disagree on the type of " + a.table + "." + column);
          }
        });
    return new TableDefinition(a.table, a.keys, values);
  }
}
