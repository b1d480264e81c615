package org.lastlogin.jdbc.sql;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A primary key or another index of a table, of all its rows. Immutable.
 *
 * @param columns its columns, in lower case; an expression is not a column's name
 * @param unique whether no two rows are alike in these
 * @param primary whether it is the primary key
 */
public record TableIndex(List<String> columns, boolean unique, boolean primary) {
  public TableIndex {
    columns = List.copyOf(columns);
  }

  /**
   * Returns the indexes of a table, primary key first; none if the table does not exist.
   *
   * @param table its name, with a schema before it or without
   */
  public static List<TableIndex> of(Connection connection, SqlDialect dialect, String table)
      throws SQLException {
    TablePlace place = TablePlace.of(connection, dialect, table);
    DatabaseMetaData metaData = connection.getMetaData();
    List<TableIndex> indexes = new ArrayList<>();
    List<String> primary = primaryKey(metaData, place);
    if (!primary.isEmpty()) {
      indexes.add(new TableIndex(primary, true, true));
    }
    indexes.addAll(others(metaData, place));
    return List.copyOf(indexes);
  }

  private static List<String> primaryKey(DatabaseMetaData metaData, TablePlace place)
      throws SQLException {
    Map<Integer, String> columns = new TreeMap<>();
    try (ResultSet rows = metaData.getPrimaryKeys(place.catalog(), place.schema(), place.name())) {
      while (rows.next()) {
        columns.put(rows.getInt("KEY_SEQ"), lower(rows.getString("COLUMN_NAME")));
      }
    }
    return List.copyOf(columns.values());
  }

  /** Returns the other indexes. Most drivers repeat the primary key among them. */
  private static List<TableIndex> others(DatabaseMetaData metaData, TablePlace place)
      throws SQLException {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    Map<String, Boolean> unique = new LinkedHashMap<>();
    try (ResultSet rows =
        metaData.getIndexInfo(place.catalog(), place.schema(), place.name(), false, true)) {
      while (rows.next()) {
        String index = rows.getString("INDEX_NAME");
        // A partial index tells some rows apart only, and finds no others.
        if (index != null && rows.getString("FILTER_CONDITION") == null) {
          unique.put(index, !rows.getBoolean("NON_UNIQUE"));
          columns
              .computeIfAbsent(index, name -> new ArrayList<>())
              .add(lower(rows.getString("COLUMN_NAME")));
        }
      }
    }
    return columns.entrySet().stream()
        .map(
            index ->
                new TableIndex(
                    index.getValue(), Boolean.TRUE.equals(unique.get(index.getKey())), false))
        .toList();
  }

  /** Returns the name in lower case. The column of an index on an expression may have no name. */
  private static String lower(@Nullable String column) {
    return column == null ? "" : column.toLowerCase(Locale.ROOT);
  }

  /** Returns the first of them that is unique and consists of some columns alone. */
  public static Optional<TableIndex> uniqueAmong(List<TableIndex> indexes, List<String> columns) {
    List<String> lower = columns.stream().map(TableIndex::lower).toList();
    return indexes.stream()
        .filter(index -> index.unique && lower.containsAll(index.columns))
        .findFirst();
  }

  /** Its columns, each as it is spelled among some others. */
  List<String> spelledAs(List<String> spelled) {
    return columns.stream()
        .flatMap(column -> spelled.stream().filter(name -> lower(name).equals(column)).limit(1))
        .toList();
  }

  /** Returns whether it begins with a column. */
  public boolean beginsWith(String column) {
    return columns.get(0).equalsIgnoreCase(column);
  }
}
