package org.lastlogin.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Where a table is, as JDBC and the catalogues have it. Immutable.
 *
 * @param catalog the database; in SQLite, {@code null} where the map says none
 * @param schema the schema, which PostgreSQL alone has
 * @param name the table's own name
 */
record TablePlace(@Nullable String catalog, @Nullable String schema, String name) {

  /** The place of a table whose name may have a schema before it; else that of the connection. */
  static TablePlace of(Connection connection, SqlDialect dialect, String table)
      throws SQLException {
    int dot = table.indexOf('.');
    String name = dialect.fold(table.substring(dot + 1));
    String qualifier = dot < 0 ? null : dialect.fold(table.substring(0, dot));
    if (dialect == SqlDialect.POSTGRESQL) {
      return new TablePlace(
          connection.getCatalog(), qualifier == null ? connection.getSchema() : qualifier, name);
    }
    return new TablePlace(qualifier == null ? connection.getCatalog() : qualifier, null, name);
  }
}
