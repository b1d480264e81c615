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
 * The rules of maps with an {@code expire_field}.
 *
 * <ul>
 *   <li>The column holds seconds since 1970, or NULL for a row that never expires. A row has
 *       expired from that second on; a fraction is rounded up.
 *   <li>The clock is that of this program, asked when a call arrives, as in Dovecot. So no
 *       dialect's word for the present time is needed, and tests can set it. Several programs on
 *       one table need clocks that agree to the second.
 *   <li>A set without an expiry writes NULL, so the column must admit it. In Dovecot it keeps the
 *       old time, and an expired row stays expired although its commit was answered. An increment
 *       does not change the time, and finds no expired row. An unset removes the row in any case.
 *   <li>A set of an expired row makes a new one: the value columns that any map of its table knows
 *       become NULL in the same statement, unless they are set. Other columns keep their values.
 *   <li>A map without an {@code expire_field} sees all rows of its table, and its sets do not
 *       change their times.
 * </ul>
 *
 * <p>Immutable, and safe for use by any number of threads.
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

  /**
   * Returns the rule by which rows of a map have expired now; {@code null} if they never expire.
   */
  @Nullable Expiry now(DictMap map) {
    return map.expireField()
        .map(column -> new Expiry(column, clock.instant().getEpochSecond()))
        .orElse(null);
  }

  /** Returns the time at which a row that is set now expires; NULL if it never does. */
  SqlValue end(Duration expiry) {
    if (expiry.isZero()) {
      return new SqlValue.Null();
    }
    Instant end = clock.instant().plus(expiry.compareTo(LONGEST) < 0 ? expiry : LONGEST);
    // A row does not expire early, so a fraction of a second is rounded up.
    return SqlValue.Whole.of(end.getEpochSecond() + (end.getNano() > 0 ? 1 : 0));
  }

  /** Returns the columns with values that rows of an expiring map have, according to all maps. */
  List<String> valueColumns(DictMap map, String expireColumn) {
    return List.copyOf(
        valueColumns.getOrDefault(new Table(map.table(), expireColumn), new TreeSet<>()));
  }
}
