package org.lastlogin.jdbc.sql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The primary key and unique indexes of one table, and which of them the maps use. Safe for use by
 * any number of threads.
 */
final class TableKeys {
  private final List<TableIndex> indexes;

  /** By the key columns of a map, in its spelling. There are as many as maps of the table. */
  private final Map<List<String>, Optional<UniqueKey>> chosen = new ConcurrentHashMap<>();

  /**
   * The keys of a table.
   *
   * @param indexes all its indexes, the primary key first
   */
  TableKeys(List<TableIndex> indexes) {
    this.indexes = List.copyOf(indexes);
  }

  /** Returns the key that consists of some columns alone; {@code null} if there is none. */
  @Nullable UniqueKey within(List<String> columns) {
    return chosen.computeIfAbsent(columns, this::choose).orElse(null);
  }

  private Optional<UniqueKey> choose(List<String> columns) {
    return TableIndex.uniqueAmong(indexes, columns)
        .map(index -> new UniqueKey(index.spelledAs(columns)));
  }

  /**
   * Returns whether all maps so far tell the rows apart by the same key, so that they can be
   * compared.
   */
  boolean areComparable() {
    return chosen.size() == 1 || chosen.values().stream().distinct().count() == 1;
  }
}
