package org.lastlogin.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The primary keys and unique indexes of tables, read once from each table when it is first needed.
 *
 * <p>An upsert must name the unique key that it may run into, and the columns of a map may be more
 * than those of the key: many tables for last logins have the mailbox as their primary key, while
 * the map has mailbox and domain. Safe for use by any number of threads.
 */
final class UniqueKeys {
  /** The keys by table. A table without any is not remembered: it may change. */
  private final Map<String, TableKeys> keysByTable = new ConcurrentHashMap<>();

  /** Looks keys up, by a connection if they have not been read yet. */
  @FunctionalInterface
  interface Reader {
    /**
     * The unique key that consists of key columns of a row alone; {@code null} if there is none.
     */
    @Nullable UniqueKey find(RowKey row) throws SQLException;

    /** The same, where there must be one. */
    default UniqueKey require(RowKey row) throws SQLException {
      UniqueKey key = find(row);
      if (key == null) {
        throw new SQLException(
            "The table does not exist, or has neither a primary key nor a unique index whose columns"
                + " are all among "
                + row.columns()
                + ": without one, its rows cannot be told apart");
      }
      return key;
    }
  }

  /** Looks keys up by a connection. */
  Reader reader(Connection connection, SqlDialect dialect) {
    return row -> {
      TableKeys keys = keysByTable.get(row.table());
      if (keys == null) {
        List<List<String>> found = read(connection, dialect, row.table());
        keys = new TableKeys(found);
        if (!found.isEmpty()) {
          keysByTable.put(row.table(), keys);
        }
      }
      return keys.within(row.columns());
    };
  }

  /**
   * Stands for the row that a key means: keys with different identities are different rows.
   *
   * @return {@code null} if that is not known yet, if the key may mean several rows, or if the rows
   *     of its table are told apart in several ways, which cannot be compared
   */
  @Nullable Object identity(RowKey row) {
    TableKeys keys = keysByTable.get(row.table());
    if (keys == null) {
      return null;
    }
    UniqueKey key = keys.within(row.columns());
    return key != null && keys.areComparable() ? List.of(row.table(), key.identity(row)) : null;
  }

  private static List<List<String>> read(Connection connection, SqlDialect dialect, String table)
      throws SQLException {
    return TableIndex.of(connection, dialect, table).stream()
        .filter(TableIndex::unique)
        .map(TableIndex::columns)
        .toList();
  }
}
