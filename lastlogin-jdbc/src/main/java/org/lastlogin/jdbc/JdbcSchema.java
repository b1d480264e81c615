package org.lastlogin.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.lastlogin.dict.DictException;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/**
 * The tables that dict maps need, created on request. Nothing in this library creates a table
 * unasked.
 *
 * <p>The columns that find a row are the primary key; each after the first has an index besides, so
 * that the mailboxes of a domain are found fast. Numbers are 64 bits wide, with sign. Tables that
 * exist are left as they are, whatever their columns.
 *
 * <p>Immutable, and safe for use by any number of threads.
 */
public final class JdbcSchema {
  /** Creating a table waits for locks on the catalogue, but not for long. */
  static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  private final List<TableDefinition> tables;

  private JdbcSchema(List<TableDefinition> tables) {
    this.tables = List.copyOf(tables);
  }

  /**
   * The tables of maps.
   *
   * @throws IllegalArgumentException if maps contradict each other about a table, or a name cannot
   *     be one
   */
  public static JdbcSchema of(DictMaps maps) {
    Objects.requireNonNull(maps, "maps");
    return new JdbcSchema(TableDefinition.of(maps));
  }

  /**
   * Why the tables of maps cannot be created, although tables made by hand may well serve them:
   * maps that contradict each other about a table, or have no column that finds a row.
   *
   * @return all that is wrong, in the order of the maps; empty if the tables can be created
   */
  public static List<MapRefusal> refusals(DictMaps maps) {
    List<MapRefusal> refusals = new ArrayList<>();
    TableDefinition.of(maps, refusals::add);
    return refusals;
  }

  /** A single table. */
  static JdbcSchema of(TableDefinition table) {
    return new JdbcSchema(List.of(table));
  }

  /**
   * Creates the tables that do not exist; blocks until that is done.
   *
   * @throws DictException if the database cannot be reached or refuses
   */
  public void createMissing(DataSource dataSource) {
    try {
      createMissing(new Database(dataSource, TIME_LIMIT));
    } catch (SQLException e) {
      throw new DictException("Cannot create tables: " + SqlErrors.message(e, false), e);
    }
  }

  void createMissing(Database database) throws SQLException {
    database.read(
        session -> {
          for (String statement : statements(session.dialect())) {
            session.update(new Sql(statement, List.of()));
          }
          return true;
        });
  }

  /** The statements in a dialect. */
  List<String> statements(SqlDialect dialect) {
    List<String> statements = new ArrayList<>();
    for (TableDefinition table : tables) {
      SqlNames.checkTable(table.table());
      Map<String, ValueType> columns = new LinkedHashMap<>(table.keys());
      columns.putAll(table.values());
      columns.keySet().forEach(SqlNames::checkColumn);
      statements.addAll(create(dialect, table));
    }
    return statements;
  }

  private static List<String> create(SqlDialect dialect, TableDefinition table) {
    boolean indexesInside = dialect == SqlDialect.MARIADB || dialect == SqlDialect.MYSQL;
    List<String> lines = new ArrayList<>();
    table.keys().forEach((column, type) -> lines.add(column(dialect, column, type) + " NOT NULL"));
    table.values().forEach((column, type) -> lines.add(column(dialect, column, type) + " NULL"));
    List<String> keys = List.copyOf(table.keys().keySet());
    lines.add("PRIMARY KEY (" + dialect.names(keys) + ")");
    List<String> indexes = new ArrayList<>();
    for (String column : keys.subList(1, keys.size())) {
      if (indexesInside) {
        lines.add("INDEX (" + dialect.name(column) + ")");
      } else {
        indexes.add(index(dialect, table.table(), column));
      }
    }
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE IF NOT EXISTS "
            + dialect.table(table.table())
            + " ("
            + String.join(", ", lines)
            + ")"
            + dialect.tableOptions());
    statements.addAll(indexes);
    return statements;
  }

  private static String column(SqlDialect dialect, String column, ValueType type) {
    return dialect.name(column) + " " + dialect.columnType(type);
  }

  private static String index(SqlDialect dialect, String table, String column) {
    String name = table.substring(table.indexOf('.') + 1) + "_" + column;
    return "CREATE INDEX IF NOT EXISTS "
        + dialect.name(name)
        + " ON "
        + dialect.table(table)
        + " ("
        + dialect.name(column)
        + ")";
  }
}
