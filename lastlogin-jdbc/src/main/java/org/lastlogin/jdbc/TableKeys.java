package org.lastlogin.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The primary key and unique indexes of one table, and which of them the maps use. Safe for use by
 * any number of threads.
 */
final class TableKeys {
  private final List<List<String>> keys;

  /** By the key columns of a map, in its spelling. There are as many as maps of the table. */
  private final Map<List<String>, Optional<UniqueKey>> chosen = new ConcurrentHashMap<>();

  /**
   * The keys of a table.
   *
   * @param keys the columns of each in lower case, the primary key first
   */
  TableKeys(List<List<String>> keys) {
    this.keys = List.copyOf(keys);
  }

  /** The key that consists of some columns alone; {@code null} if there is none. */
  @Nullable UniqueKey within(List<String> columns) {
    return chosen.computeIfAbsent(columns, this::choose).orElse(null);
  }

  private Optional<UniqueKey> choose(List<String> columns) {
    for (List<String> key : keys) {
      List<String> covered =
          columns.stream().filter(c -> key.contains(c.toLowerCase(Locale.ROOT))).toList();
      if (covered.size() == key.size()) {
        return Optional.of(new UniqueKey(covered));
      }
    }
    return Optional.empty();
  }

  /** Whether all maps so far tell the rows apart by the same key, so that they can be compared. */
  boolean areComparable() {
    return chosen.size() == 1 || chosen.values().stream().distinct().count() == 1;
  }
}
