package org.lastlogin.jdbc.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The place of a table, as JDBC and the catalogues have it. Immutable.
 *
 * @param catalog the database; in SQLite, {@code null} where the map says none
 * @param schema the schema, which PostgreSQL alone has
 * @param name the table's own name
 */
public record TablePlace(@Nullable String catalog, @Nullable String schema, String name) {

  private static final String VISIBLE_SCHEMA =
      """
      SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relname = ? AND pg_table_is_visible(c.oid)\
      """;

  /**
   * Returns the place of a table whose name may have a schema before it; else that of the
   * connection.
   */
  public static TablePlace of(Connection connection, SqlDialect dialect, String table)
      throws SQLException {
    int dot = table.indexOf('.');
    String name = dialect.fold(table.substring(dot + 1));
    String qualifier = dot < 0 ? null : dialect.fold(table.substring(0, dot));
    if (dialect == SqlDialect.POSTGRESQL) {
      String schema = qualifier == null ? visibleSchema(connection, name) : qualifier;
      return new TablePlace(connection.getCatalog(), schema, name);
    }
    return new TablePlace(qualifier == null ? connection.getCatalog() : qualifier, null, name);
  }

  /**
   * Returns the first of PostgreSQL's search path that has the table; if none has, the first at
   * all.
   */
  private static @Nullable String visibleSchema(Connection connection, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(VISIBLE_SCHEMA)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : connection.getSchema();
      }
    }
  }
}
