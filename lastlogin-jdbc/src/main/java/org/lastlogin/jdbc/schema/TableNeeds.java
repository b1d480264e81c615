package org.lastlogin.jdbc.schema;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.lastlogin.jdbc.sql.KeyColumns;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.KeyField;
import org.lastlogin.map.ValueField;
import org.lastlogin.map.ValueType;

/**
 * The needs of statements, which any table may meet. Unlike a {@link TableDefinition}, they may
 * have several keys. The keys of logins are recognised by {@code shared/last-login/}; only of their
 * first values, the unit is known. Built once, then only read.
 */
final class TableNeeds {
  private final String table;
  private final Map<String, ColumnNeed> columns = new LinkedHashMap<>();
  private final Set<List<String>> keys = new LinkedHashSet<>();
  private final Map<String, String> indexes = new LinkedHashMap<>();

  private TableNeeds(String table) {
    this.table = table;
  }

  /** Returns what the statements of a dict need. */
  static List<TableNeeds> of(DictMaps maps) {
    Map<String, TableNeeds> tables = new LinkedHashMap<>();
    for (DictMap map : maps) {
      tables.computeIfAbsent(map.table(), TableNeeds::new).add(map);
    }
    return List.copyOf(tables.values());
  }

  /** Returns what the statements of a store need. */
  static TableNeeds ofLogins(
      TableDefinition definition, String mailboxColumn, String domainColumn) {
    TableNeeds needs = new TableNeeds(definition.table());
    needs.keep(mailboxColumn, ColumnNeed.mailbox());
    needs.keep(domainColumn, ColumnNeed.mailbox());
    definition.values().forEach((field, type) -> needs.keep(field, ColumnNeed.loginTime(type)));
    needs.keys.add(definition.primaryKey());
    needs.indexes.put(mailboxColumn, "a mailbox is found");
    needs.indexes.put(domainColumn, "the mailboxes of a domain are listed");
    return needs;
  }

  private void add(DictMap map) {
    boolean logins = KeyColumns.haveLogins(map);
    for (KeyField field : map.keyFields()) {
      boolean name = logins && field.type() == ValueType.STRING;
      keep(field.column(), name ? ColumnNeed.mailbox() : ColumnNeed.of(field.type()));
    }
    Optional<String> userColumn = KeyColumns.ofUser(map);
    if (userColumn.isPresent()) {
      addUser(userColumn.get());
    } else if (map.pattern().variables().size() > 1) {
      addFirstVariable(map);
    }
    List<String> key = KeyColumns.inKeyOrder(map);
    if (!key.isEmpty()) {
      keys.add(key);
    }
    for (ValueField field : map.valueFields()) {
      boolean time = logins && field.equals(map.valueFields().get(0));
      keep(field.column(), time ? ColumnNeed.loginTime(field.type()) : ColumnNeed.of(field.type()));
    }
    map.expireField().ifPresent(this::addExpiry);
  }

  private void addUser(String column) {
    keep(column, ColumnNeed.mailbox());
    indexes.putIfAbsent(column, "the rows of a user are found");
  }

  /** Adds the index of iterations, whose path has at least the first variable. */
  private void addFirstVariable(DictMap map) {
    String first = map.pattern().variables().get(0);
    map.keyFields().stream()
        .filter(field -> field.variable().equals(first))
        .forEach(field -> indexes.putIfAbsent(field.column(), "keys are iterated"));
  }

  private void addExpiry(String column) {
    keep(column, ColumnNeed.expiry());
    indexes.putIfAbsent(column, "rows that have expired are found");
  }

  private void keep(String column, ColumnNeed need) {
    columns.merge(column, need, ColumnNeed::and);
  }

  String table() {
    return table;
  }

  /** Returns what is kept in each column. */
  Map<String, ColumnNeed> columns() {
    return columns;
  }

  /** Returns what is kept in a column. */
  ColumnNeed column(String name) {
    return Objects.requireNonNull(columns.get(name), name);
  }

  /**
   * Returns the columns that find a row: for each of these lists, a key must tell rows apart, in
   * whatever order it has them.
   */
  Set<List<String>> keys() {
    return keys;
  }

  /** Returns the columns that an index must begin with, and what for. */
  Map<String, String> indexes() {
    return indexes;
  }
}
