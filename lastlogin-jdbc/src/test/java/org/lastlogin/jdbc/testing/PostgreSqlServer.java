package org.lastlogin.jdbc.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The PostgreSQL server of this JVM. */
final class PostgreSqlServer {
  private static PostgreSqlServer shared;

  private final EmbeddedPostgres server;

  private PostgreSqlServer() throws IOException {
    this.server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("max_connections", "100")
            .start();
  }

  static synchronized PostgreSqlServer shared() throws IOException {
    if (shared == null) {
      shared = new PostgreSqlServer();
    }
    return shared;
  }

  TestDatabase createDatabase(String name) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new TestDatabase(
        TestDatabases.POSTGRESQL,
        "localhost",
        server.getPort(),
        name,
        "postgres",
        "postgres",
        "jdbc:postgresql://localhost:" + server.getPort() + "/" + name);
  }
}
