package org.lastlogin.jdbc.schema;

import java.util.List;
import java.util.Optional;
import org.lastlogin.jdbc.sql.TableIndex;

/**
 * A table as it is. Immutable.
 *
 * @param columns its columns, in their order; none if the table does not exist
 * @param indexes its indexes, primary key first
 * @param definition how it was created, where only SQLite can say
 * @param engineWithoutTransactions its storage engine, in MariaDB and MySQL, if that has none
 */
record TableShape(
    List<ColumnShape> columns,
    List<TableIndex> indexes,
    Optional<SqliteDefinition> definition,
    Optional<String> engineWithoutTransactions) {
  /** The table does not exist. */
  static final TableShape NONE =
      new TableShape(List.of(), List.of(), Optional.empty(), Optional.empty());

  TableShape {
    columns = List.copyOf(columns);
    indexes = List.copyOf(indexes);
  }

  boolean exists() {
    return !columns.isEmpty();
  }

  /** Returns a column; the case of its name does not matter. */
  Optional<ColumnShape> column(String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }

  /** Returns the unique key that consists of these columns alone. */
  Optional<TableIndex> uniqueKey(List<String> among) {
    return TableIndex.uniqueAmong(indexes, among);
  }

  boolean hasPrimaryKey() {
    return indexes.stream().anyMatch(TableIndex::primary);
  }

  /** Returns whether rows can be found by a column without all of them being read. */
  boolean isFoundBy(String column) {
    return indexes.stream().anyMatch(index -> index.beginsWith(column));
  }

  /**
   * A column that a table has. Immutable.
   *
   * @param name its name
   * @param type its type, as the database names it
   * @param collation the name of its collation; empty if it has none, or the usual one of the
   *     database
   * @param exact whether texts that differ are different to it
   * @param attributes the rest of its definition after the type, with a space before it; kept by
   *     databases that want the whole definition when a part of it changes
   */
  record ColumnShape(
      String name, String type, String collation, boolean exact, String attributes) {}
}
