package org.lastlogin.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The primary keys and unique indexes of tables, read from each table when it is first needed,
 * again once a minute, and when a commit is refused: an administrator may change them.
 *
 * <p>An upsert must name the unique key that it may run into, and the columns of a map may be more
 * than those of the key: many tables for last logins have the mailbox as their primary key, while
 * the map has mailbox and domain. Safe for use by any number of threads.
 */
final class UniqueKeys {
  /**
   * PostgreSQL and SQLite refuse an upsert that names a key of the past. MariaDB and MySQL do not,
   * since an upsert names no key there: for up to this time, two writers may write the same row at
   * the same time.
   */
  static final Duration LIFETIME = Duration.ofMinutes(1);

  /** The keys by table. A table without any is not remembered: it may get some. */
  private final Map<String, Known> knownByTable = new ConcurrentHashMap<>();

  private final LongSupplier nanoTime;

  UniqueKeys() {
    this(System::nanoTime);
  }

  /**
   * Creates an empty set.
   *
   * @param nanoTime counts nanoseconds, as {@link System#nanoTime} does
   */
  UniqueKeys(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The keys of a table, and when they were read. */
  private record Known(TableKeys keys, long readAt) {}

  /** Returns a reader that uses a connection. */
  Reader reader(Connection connection, SqlDialect dialect) {
    return new Reader(connection, dialect);
  }

  /** Looks up keys; reads them by a connection if they are not known yet. */
  final class Reader {
    private final Connection connection;
    private final SqlDialect dialect;

    private Reader(Connection connection, SqlDialect dialect) {
      this.connection = connection;
      this.dialect = dialect;
    }

    /**
     * The unique key that consists of key columns of a row alone; {@code null} if there is none.
     */
    @Nullable UniqueKey find(RowKey row) throws SQLException {
      TableKeys keys = known(row.table());
      if (keys == null) {
        keys = read(connection, dialect, row.table());
      }
      return keys.within(row.columns());
    }

    /** Returns the same key; fails if there is none. */
    UniqueKey require(RowKey row) throws SQLException {
      UniqueKey key = find(row);
      if (key == null) {
        // The reader of this message adds one, which is to be noticed at once.
        forget(row.table());
        throw new SQLException(
            "The table does not exist, or has neither a primary key nor a unique index whose"
                + " columns are all among "
                + row.columns()
                + ": without one, its rows cannot be told apart");
      }
      return key;
    }
  }

  /**
   * Stands for the row that a key means: keys with different identities are different rows.
   *
   * @return {@code null} if that is not known, if the key may mean several rows, or if the rows of
   *     its table are told apart in several ways, which cannot be compared
   */
  @Nullable String identity(RowKey row) {
    TableKeys keys = known(row.table());
    if (keys == null) {
      return null;
    }
    UniqueKey key = keys.within(row.columns());
    return key != null && keys.areComparable() ? row.table() + '\0' + key.identity(row) : null;
  }

  /** Forgets the keys of a table, so that they are read again. */
  void forget(String table) {
    knownByTable.remove(table);
  }

  private @Nullable TableKeys known(String table) {
    Known known = knownByTable.get(table);
    return known == null || nanoTime.getAsLong() - known.readAt >= LIFETIME.toNanos()
        ? null
        : known.keys;
  }

  private TableKeys read(Connection connection, SqlDialect dialect, String table)
      throws SQLException {
    long now = nanoTime.getAsLong();
    List<TableIndex> found =
        TableIndex.of(connection, dialect, table).stream().filter(TableIndex::unique).toList();
    TableKeys keys = new TableKeys(found);
    if (found.isEmpty()) {
      knownByTable.remove(table);
    } else {
      knownByTable.put(table, new Known(keys, now));
    }
    return keys;
  }
}
