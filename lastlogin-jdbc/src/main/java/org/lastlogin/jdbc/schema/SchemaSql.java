package org.lastlogin.jdbc.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lastlogin.jdbc.schema.TableShape.ColumnShape;
import org.lastlogin.jdbc.sql.SqlDialect;
import org.lastlogin.map.ValueType;

/**
 * The statements that create and correct tables, those of all databases side by side. Immutable.
 */
final class SchemaSql {
  private static final String MYSQL_EXACT = " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

  /** The parts of a key have 3072 bytes together in MySQL and MariaDB, 4 to each character. */
  private static final int MYSQL_KEY_CHARACTERS = 768;

  private static final int TEXT_LENGTH = 255;

  private final SqlDialect dialect;

  SchemaSql(SqlDialect dialect) {
    this.dialect = dialect;
  }

  /** Creates a table, if there is none. */
  List<String> createTable(TableDefinition table) {
    List<String> lines = new ArrayList<>();
    table.keys().forEach((column, type) -> lines.add(keyColumn(table, column, type)));
    table.values().forEach((column, type) -> lines.add(valueColumn(column, type)));
    table.expiries().forEach(column -> lines.add(valueColumn(column, ValueType.INT)));
    lines.add("PRIMARY KEY (" + dialect.names(table.primaryKey()) + ")");
    List<String> indexes = new ArrayList<>();
    for (String column : table.indexed()) {
      switch (dialect) {
        case MARIADB, MYSQL -> lines.add("INDEX (" + dialect.name(column) + ")");
        case POSTGRESQL, SQLITE -> indexes.add(index("INDEX IF NOT EXISTS", table.table(), column));
      }
    }
    String create =
        "CREATE TABLE IF NOT EXISTS "
            + dialect.table(table.table())
            + " ("
            + String.join(", ", lines);
    return Stream.concat(Stream.of(create + ")" + dialect.tableOptions()), indexes.stream())
        .toList();
  }

  private String keyColumn(TableDefinition table, String column, ValueType type) {
    return dialect.name(column) + " " + keyType(table, column, type) + " NOT NULL";
  }

  /**
   * Returns the type of a key column. The last one, with the user's name, has its full length; the
   * others share the rest of the key.
   */
  private String keyType(TableDefinition table, String column, ValueType type) {
    String usual = dialect.columnType(type);
    boolean limited = dialect == SqlDialect.MARIADB || dialect == SqlDialect.MYSQL;
    List<String> keys = List.copyOf(table.keys().keySet());
    int others = keys.size() - 1;
    if (!limited || others < 3 || column.equals(keys.get(others))) {
      return usual;
    }
    int length = Math.min(TEXT_LENGTH, (MYSQL_KEY_CHARACTERS - TEXT_LENGTH) / others);
    return usual.replace("(" + TEXT_LENGTH + ")", "(" + length + ")");
  }

  private String valueColumn(String column, ValueType type) {
    return dialect.name(column) + " " + dialect.columnType(type) + " NULL";
  }

  private String index(String index, String table, String... columns) {
    String[] name = table.split("\\.", -1);
    String own = name[name.length - 1];
    String called = dialect.name(own + "_" + String.join("_", columns));
    // SQLite has the schema before the index instead of the table.
    boolean moved = dialect == SqlDialect.SQLITE && name.length > 1;
    return "CREATE "
        + index
        + " "
        + (moved ? dialect.name(name[0]) + "." : "")
        + called
        + " ON "
        + (moved ? dialect.name(own) : dialect.table(table))
        + " ("
        + dialect.names(List.of(columns))
        + ")";
  }

  /** Adds a column; one of a key has a value in the rows that there are, if it has text. */
  String addColumn(String table, String column, ValueType type, boolean key) {
    boolean text = key && type == ValueType.STRING;
    return alter(table) + " ADD COLUMN " + addedColumn(column, type, text);
  }

  private String addedColumn(String column, ValueType type, boolean text) {
    String collation =
        switch (dialect) {
          case MARIADB, MYSQL -> text ? MYSQL_EXACT : "";
          case POSTGRESQL, SQLITE -> "";
        };
    return dialect.name(column)
        + " "
        + dialect.columnType(type)
        + collation
        + (text ? " NOT NULL DEFAULT ''" : "");
  }

  /** Adds an index on a column. */
  String addIndex(String table, String column) {
    return switch (dialect) {
      case MARIADB, MYSQL -> alter(table) + " ADD INDEX (" + dialect.name(column) + ")";
      case POSTGRESQL ->
          "CREATE INDEX ON " + dialect.table(table) + " (" + dialect.name(column) + ")";
      case SQLITE -> index("INDEX", table, column);
    };
  }

  /** Adds a primary key or, where there is one, another unique key. */
  String addKey(String table, List<String> columns, boolean primary) {
    return switch (dialect) {
      case MARIADB, MYSQL, POSTGRESQL ->
          alter(table)
              + (primary ? " ADD PRIMARY KEY (" : " ADD UNIQUE (")
              + dialect.names(columns)
              + ")";
      case SQLITE -> index("UNIQUE INDEX", table, columns.toArray(String[]::new));
    };
  }

  /** Gives a table of MariaDB's or MySQL's another storage engine, which has transactions. */
  String changeEngine(String table) {
    return alter(table) + " ENGINE=InnoDB";
  }

  /** Returns whether a column of a type can be in a key or an index. */
  boolean canBeIndexed(String type) {
    return switch (dialect) {
      case MARIADB, MYSQL -> !type.toLowerCase(Locale.ROOT).matches("\\w*(?:text|blob)");
      case POSTGRESQL, SQLITE -> true;
    };
  }

  /** Changes a column, in all databases but SQLite, which cannot. */
  List<String> changeColumn(String table, ColumnChange change) {
    boolean time = change.convert() && isTime(change.column());
    return switch (dialect) {
      case MARIADB, MYSQL -> {
        String modify = alter(table) + " MODIFY " + mysqlColumn(change);
        yield time ? List.of(modify, mysqlTimes(table, change)) : List.of(modify);
      }
      case POSTGRESQL -> List.of(alter(table) + postgresqlChanges(change, time));
      case SQLITE -> throw new IllegalStateException("SQLite cannot change a column");
    };
  }

  private boolean isTime(ColumnShape column) {
    return ColumnKind.of(dialect, column.type()) instanceof ColumnKind.Time;
  }

  /** Returns the whole definition, because MySQL resets whatever it lacks. */
  private String mysqlColumn(ColumnChange change) {
    ColumnShape column = change.column();
    boolean text = change.type().toLowerCase(Locale.ROOT).matches(".*(?:char|text|enum|set)\\b.*");
    String kept = column.collation().isEmpty() ? "" : " COLLATE " + column.collation();
    String collation = change.exact() ? MYSQL_EXACT : kept;
    // The default of another kind would be none of this kind.
    String attributes = change.convert() ? "" : column.attributes();
    return dialect.name(column.name()) + " " + change.type() + (text ? collation : "") + attributes;
  }

  /**
   * Returns the statement that makes numbers of times, which have the digits of the time at first.
   * Executed twice, it changes nothing more.
   */
  private String mysqlTimes(String table, ColumnChange change) {
    String name = dialect.name(change.column().name());
    return "UPDATE "
        + dialect.table(table)
        + " SET "
        + name
        + "=UNIX_TIMESTAMP("
        + name
        + ")*"
        + change.perSecond()
        + " WHERE "
        + name
        + " BETWEEN 19700101 AND 99991231 OR "
        + name
        + " BETWEEN 19700101000000 AND 99991231235959";
  }

  private String postgresqlChanges(ColumnChange change, boolean time) {
    String name = dialect.name(change.column().name());
    String type = change.type();
    boolean collated = change.exact() && !type.contains("COLLATE");
    String alter = " ALTER COLUMN " + name;
    String to = alter + " TYPE " + type + (collated ? " COLLATE \"C\"" : "");
    if (!change.convert()) {
      return to;
    }
    String number = "(EXTRACT(EPOCH FROM " + name + ")*" + change.perSecond() + ")::" + type;
    String plainType = type.replaceFirst(" COLLATE.*", "");
    String value = time ? number : name + "::TEXT::" + plainType;
    return alter + " DROP DEFAULT," + to + " USING " + value;
  }

  /**
   * Creates a SQLite table again, with other types and added columns, and with its rows, indexes
   * and triggers. Foreign keys are switched off before the transaction, because with them, to drop
   * the table deletes the rows that refer to it.
   *
   * @return no statements for a view or a virtual table
   */
  List<String> rebuild(
      String table, TableShape shape, Map<String, String> types, Map<String, ColumnNeed> added) {
    if (shape.definition().isEmpty()) {
      return List.of();
    }
    SqliteDefinition old = shape.definition().get();
    String passing = table + "_new";
    String own = table.substring(table.indexOf('.') + 1);
    String columns = dialect.names(shape.columns().stream().map(ColumnShape::name).toList());
    List<String> statements = new ArrayList<>();
    statements.add("PRAGMA foreign_keys=OFF");
    statements.add("BEGIN IMMEDIATE");
    statements.add(
        "CREATE TABLE "
            + dialect.table(passing)
            + " ("
            + added.entrySet().stream()
                .map(column -> addedColumn(column.getKey(), column.getValue().type(), false) + ",")
                .reduce("", String::concat)
            + old.columns(types)
            + ")"
            + old.after());
    statements.add(
        "INSERT INTO "
            + dialect.table(passing)
            + " ("
            + columns
            + ") SELECT "
            + columns
            + " FROM "
            + dialect.table(table));
    statements.add("DROP TABLE " + dialect.table(table));
    statements.add(alter(passing) + " RENAME TO " + dialect.name(own));
    statements.addAll(old.dependents());
    statements.add("COMMIT");
    statements.add("PRAGMA foreign_keys=ON");
    return statements;
  }

  private String alter(String table) {
    return "ALTER TABLE " + dialect.table(table);
  }

  /**
   * A change of a column. Immutable.
   *
   * @param column the column as it is
   * @param newType another type; the one that it has if empty
   * @param convert whether that is another kind of type, so that values are converted
   * @param exact whether it gets a collation to which texts that differ are different
   * @param perSecond how many units there are in a second of the number that a date becomes
   */
  record ColumnChange(
      ColumnShape column,
      Optional<String> newType,
      boolean convert,
      boolean exact,
      long perSecond) {

    String type() {
      return newType.orElse(column.type());
    }
  }
}
