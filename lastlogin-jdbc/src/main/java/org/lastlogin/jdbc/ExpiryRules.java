package org.lastlogin.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.lastlogin.jdbc.sql.Expiry;
import org.lastlogin.jdbc.sql.SqlValue;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueField;

/**
 * Which maps have rows that expire, by which column, and what time it is. Immutable, and safe for
 * use by any number of threads.
 */
final class ExpiryRules {
  /** The protocol's greatest: 136 years. */
  private static final Duration LONGEST = Duration.ofSeconds(0xFFFF_FFFFL);

  private record Table(String name, String expireColumn) {}

  private final InstantSource clock;
  private final Map<Table, Set<String>> valueColumns = new HashMap<>();

  ExpiryRules(DictMaps maps, InstantSource clock) {
    this.clock = clock;
    for (DictMap map : maps) {
      map.expireField()
          .map(column -> new Table(map.table(), column))
          .ifPresent(table -> addColumns(table, map));
    }
  }

  private void addColumns(Table table, DictMap map) {
    Set<String> columns = valueColumns.computeIfAbsent(table, t -> new TreeSet<>());
    map.valueFields().stream()
        .map(ValueField::column)
        .filter(column -> !column.equals(table.expireColumn()))
        .forEach(columns::add);
  }

  /** When rows of a map count as gone now; {@code null} if they stay. */
  @Nullable Expiry now(DictMap map) {
    return map.expireField()
        .map(column -> new Expiry(column, clock.instant().getEpochSecond()))
        .orElse(null);
  }

  /** What a row that is set now gets for its time: NULL if it shall stay. */
  SqlValue end(Duration expiry) {
    if (expiry.isZero()) {
      return new SqlValue.Null();
    }
    Instant end = clock.instant().plus(expiry.compareTo(LONGEST) < 0 ? expiry : LONGEST);
    // A row lives for as long as it was promised, and part of a second more.
    return SqlValue.Whole.of(end.getEpochSecond() + (end.getNano() > 0 ? 1 : 0));
  }

  /** The columns with values that rows of an expiring map have, according to all maps. */
  List<String> valueColumns(DictMap map, String expireColumn) {
    return List.copyOf(
        valueColumns.getOrDefault(new Table(map.table(), expireColumn), new TreeSet<>()));
  }
}
