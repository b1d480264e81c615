package org.lastlogin.jdbc.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lastlogin.jdbc.sql.KeyColumns;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.ValueField;
import org.lastlogin.map.ValueType;

/**
 * The columns of a table that is to be created. Immutable.
 *
 * @param table its name
 * @param keys the columns that find a row
 * @param primaryKey the same columns in the order of the primary key
 * @param values the columns with values
 * @param expiries the columns with the times at which rows expire
 */
record TableDefinition(
    String table,
    Map<String, ValueType> keys,
    List<String> primaryKey,
    Map<String, ValueType> values,
    Set<String> expiries) {

  /** Returns the table of a store for last logins, with the mailboxes of a domain together. */
  static TableDefinition ofLogins(
      String table, String mailboxColumn, String domainColumn, List<String> fields) {
    Map<String, ValueType> keys = new LinkedHashMap<>();
    keys.put(mailboxColumn, ValueType.STRING);
    keys.put(domainColumn, ValueType.STRING);
    Map<String, ValueType> values = new LinkedHashMap<>();
    fields.forEach(field -> values.put(field, ValueType.UINT));
    List<String> primaryKey = List.of(domainColumn, mailboxColumn);
    return new TableDefinition(table, keys, primaryKey, values, Set.of());
  }

  /** Returns the columns that have their own index. The primary key serves its first column. */
  List<String> indexed() {
    return Stream.concat(primaryKey.stream().skip(1), expiries.stream()).toList();
  }

  /**
   * Returns the tables that maps need.
   *
   * @throws IllegalArgumentException if maps disagree on the keys of a table or the type of a
   *     column, or have no column that finds a row
   */
  static List<TableDefinition> of(Iterable<DictMap> maps) {
    return of(
        maps,
        problem -> {
          throw new IllegalArgumentException(problem.reason());
        });
  }

  /**
   * Returns the tables that maps need, without the maps that have a problem.
   *
   * @param refused told of each map that contradicts those before it, or has no column that finds a
   *     row
   */
  static List<TableDefinition> of(Iterable<DictMap> maps, Consumer<MapProblem> refused) {
    Map<String, TableDefinition> tables = new LinkedHashMap<>();
    for (DictMap map : maps) {
      TableDefinition table = of(map);
      Optional<MapProblem> problem = table.problem(map, tables.get(map.table()));
      problem.ifPresentOrElse(
          refused, () -> tables.merge(map.table(), table, TableDefinition::join));
    }
    return new ArrayList<>(tables.values());
  }

  private static TableDefinition of(DictMap map) {
    Map<String, ValueType> keys = KeyColumns.of(map);
    Map<String, ValueType> values = new LinkedHashMap<>();
    for (ValueField field : map.valueFields()) {
      values.put(field.column(), field.type());
    }
    return new TableDefinition(
        map.table(),
        keys,
        KeyColumns.inKeyOrder(map),
        values,
        map.expireField().map(Set::of).orElse(Set.of()));
  }

  /** Returns why a map cannot have this table beside the table that other maps need. */
  private Optional<MapProblem> problem(DictMap map, @Nullable TableDefinition others) {
    if (keys.isEmpty()) {
      String reason = "The table " + table + " would have no key: no field finds its row";
      return Optional.of(new MapProblem(map, table, reason));
    }
    if (others == null) {
      return Optional.empty();
    }
    if (!others.keys.equals(keys)) {
      String both = others.keys.keySet() + " and " + keys.keySet();
      String reason = "Maps disagree on the keys of the table " + table + ": " + both;
      return Optional.of(new MapProblem(map, table, reason));
    }
    return values.entrySet().stream()
        .filter(
            value ->
                others.values.getOrDefault(value.getKey(), value.getValue()) != value.getValue())
        .map(Map.Entry::getKey)
        .map(
            column ->
                new MapProblem(map, column, "Maps disagree on the type of " + table + "." + column))
        .findFirst();
  }

  private static TableDefinition join(TableDefinition a, TableDefinition b) {
    Map<String, ValueType> values = new LinkedHashMap<>(a.values);
    values.putAll(b.values);
    Set<String> expiries = new LinkedHashSet<>(a.expiries);
    expiries.addAll(b.expiries);
    return new TableDefinition(a.table, a.keys, a.primaryKey, values, expiries);
  }
}
