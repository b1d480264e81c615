package org.lastlogin.jdbc.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lastlogin.jdbc.schema.TableShape.ColumnShape;
import org.lastlogin.jdbc.sql.Session;
import org.lastlogin.jdbc.sql.Sql;
import org.lastlogin.jdbc.sql.SqlDialect;
import org.lastlogin.jdbc.sql.SqlValue;
import org.lastlogin.jdbc.sql.TableIndex;
import org.lastlogin.jdbc.sql.TablePlace;

/**
 * Reads the definitions of tables. JDBC has their indexes; of columns it knows too little, or each
 * driver something else. For use by one thread.
 */
final class Catalogue {
  private static final String SQLITE_SCHEMA = "main";

  private static final String ENGINE_WITHOUT_TRANSACTIONS =
      """
      SELECT e.ENGINE
      FROM information_schema.TABLES t JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE
      WHERE t.TABLE_NAME = ? AND t.TABLE_SCHEMA = ? AND e.TRANSACTIONS = 'NO'\
      """;

  private final Session session;
  private final Connection connection;

  Catalogue(Session session) {
    this.session = session;
    this.connection = session.connection();
  }

  /**
   * Reads the columns of a table: name, type, collation, whether texts that differ are different to
   * that, and what else the definition says. Their parameters are the table and where it lies.
   */
  static String columns(SqlDialect dialect) {
    return switch (dialect) {
      // MySQL makes no primary key of a column of which it was said that it may be NULL.
      // MariaDB has defaults as SQL, MySQL has those that are no expressions without their quotes.
      case MARIADB, MYSQL ->
          """
          SELECT COLUMN_NAME, COLUMN_TYPE, COALESCE(COLLATION_NAME, ''),
            COALESCE(COLLATION_NAME LIKE '%|_bin' ESCAPE '|'
              OR COLLATION_NAME LIKE '%|_as|_cs%' ESCAPE '|', 1),
            CONCAT(
              IF(IS_NULLABLE = 'NO', ' NOT NULL', ''),
              IF(COLUMN_DEFAULT IS NULL, '', CONCAT(' DEFAULT ',
                IF(VERSION() LIKE '%MariaDB%', COLUMN_DEFAULT,
                  IF(EXTRA LIKE '%DEFAULT_GENERATED%', CONCAT('(', COLUMN_DEFAULT, ')'),
                    QUOTE(COLUMN_DEFAULT))))),
              IF(EXTRA LIKE '%auto_increment%', ' AUTO_INCREMENT', ''),
              IF(COLUMN_COMMENT = '', '', CONCAT(' COMMENT ', QUOTE(COLUMN_COMMENT))))
          FROM information_schema.COLUMNS
          WHERE TABLE_NAME = ? AND TABLE_SCHEMA = ?
          ORDER BY ORDINAL_POSITION\
          """;
      case POSTGRESQL ->
          """
          SELECT a.attname,
            format_type(COALESCE(NULLIF(t.typbasetype, 0), a.atttypid),
              CASE WHEN t.typbasetype = 0 THEN a.atttypmod ELSE t.typtypmod END),
            COALESCE(NULLIF(c.collname, 'default'), ''),
            t.typname <> 'citext' AND COALESCE(c.collisdeterministic, true),
            ''
          FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            JOIN pg_class r ON r.oid = a.attrelid JOIN pg_namespace n ON n.oid = r.relnamespace
            LEFT JOIN pg_collation c ON c.oid = a.attcollation
          WHERE r.relname = ? AND n.nspname = ? AND a.attnum > 0 AND NOT a.attisdropped
          ORDER BY a.attnum\
          """;
      case SQLITE ->
          "SELECT name, type, '', true, '' FROM pragma_table_xinfo(?, ?) WHERE hidden = 0";
    };
  }

  /** Reads the statements that made a SQLite table, its indexes and its triggers, table first. */
  static String sqliteDefinitions(SqlDialect dialect, String schema) {
    return "SELECT sql FROM "
        + dialect.name(schema)
        + ".sqlite_master WHERE lower(tbl_name) = lower(?) AND sql IS NOT NULL"
        + " ORDER BY type <> 'table', name";
  }

  /** Returns a table as it is. */
  TableShape read(String table) throws SQLException {
    SqlDialect dialect = session.dialect();
    TablePlace place = TablePlace.of(connection, dialect, table);
    List<ColumnShape> columns =
        session.query(
            new Sql(columns(dialect), List.of(text(place.name()), text(where(place)))),
            Catalogue::columns);
    if (columns.isEmpty()) {
      return TableShape.NONE;
    }
    Optional<SqliteDefinition> definition =
        dialect == SqlDialect.SQLITE ? definition(place) : Optional.empty();
    return new TableShape(
        definition.map(known -> withCollations(columns, known)).orElse(columns),
        TableIndex.of(connection, dialect, table),
        definition,
        engineWithoutTransactions(place));
  }

  private static SqlValue text(String text) {
    return new SqlValue.Text(text);
  }

  private static String where(TablePlace place) {
    String where = place.schema() == null ? place.catalog() : place.schema();
    return where == null ? SQLITE_SCHEMA : where;
  }

  private static List<ColumnShape> columns(ResultSet rows) throws SQLException {
    List<ColumnShape> columns = new ArrayList<>();
    while (rows.next()) {
      columns.add(
          new ColumnShape(
              rows.getString(1),
              rows.getString(2),
              rows.getString(3),
              rows.getBoolean(4),
              rows.getString(5)));
    }
    return columns;
  }

  private Optional<String> engineWithoutTransactions(TablePlace place) throws SQLException {
    return switch (session.dialect()) {
      case MARIADB, MYSQL ->
          session
              .query(
                  new Sql(
                      ENGINE_WITHOUT_TRANSACTIONS, List.of(text(place.name()), text(where(place)))),
                  Catalogue::texts)
              .stream()
              .findFirst();
      case POSTGRESQL, SQLITE -> Optional.empty();
    };
  }

  private Optional<SqliteDefinition> definition(TablePlace place) throws SQLException {
    String query = sqliteDefinitions(session.dialect(), where(place));
    List<String> statements =
        session.query(new Sql(query, List.of(text(place.name()))), Catalogue::texts);
    return statements.isEmpty()
        ? Optional.empty()
        : SqliteDefinition.of(statements.get(0), statements.subList(1, statements.size()));
  }

  private static List<String> texts(ResultSet rows) throws SQLException {
    List<String> texts = new ArrayList<>();
    while (rows.next()) {
      texts.add(rows.getString(1));
    }
    return texts;
  }

  private static List<ColumnShape> withCollations(
      List<ColumnShape> columns, SqliteDefinition definition) {
    return columns.stream()
        .map(column -> withCollation(column, definition.collation(column.name())))
        .toList();
  }

  private static ColumnShape withCollation(ColumnShape column, String collation) {
    boolean exact = collation.isEmpty() || collation.equalsIgnoreCase("BINARY");
    return new ColumnShape(column.name(), column.type(), collation, exact, column.attributes());
  }
}
