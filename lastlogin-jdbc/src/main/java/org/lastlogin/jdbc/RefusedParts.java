package org.lastlogin.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lastlogin.jdbc.schema.MapRefusal;
import org.lastlogin.jdbc.sql.SqlNames;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.KeyField;
import org.lastlogin.map.ValueField;

/** Collects what in a map keeps it from being served. */
final class RefusedParts {
  private final DictMap map;
  private final List<MapRefusal> refusals = new ArrayList<>();

  private RefusedParts(DictMap map) {
    this.map = map;
  }

  static List<MapRefusal> of(DictMap map) {
    RefusedParts parts = new RefusedParts(map);
    SqlNames.tableRefusal(map.table()).ifPresent(reason -> parts.add(map.table(), reason));
    map.usernameField().ifPresent(parts::column);
    map.expireField().ifPresent(parts::column);
    map.keyFields().stream().map(KeyField::column).forEach(parts::column);
    map.valueFields().stream().map(ValueField::column).forEach(parts::column);
    return parts.refusals;
  }

  private void column(String column) {
    Optional<String> refusal = SqlNames.columnRefusal(column);
    refusal.ifPresent(reason -> add(column, reason));
  }

  private void add(String part, String reason) {
    refusals.add(new MapRefusal(map, part, reason));
  }
}
