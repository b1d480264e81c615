package org.lastlogin.jdbc.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The PostgreSQL server of this JVM. */
final class PostgreSqlServer {
  private static PostgreSqlServer shared;

  private final EmbeddedPostgres server;
  private final Path socketDirectory;

  private PostgreSqlServer() throws IOException {
    this.socketDirectory = TestDatabases.temporaryDirectory();
    // The server does not run as root, even if the test does.
    Files.setPosixFilePermissions(socketDirectory, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path data = Files.createTempDirectory("lastlogin-test");
    this.server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "off")
            .setServerConfig("max_connections", "100")
            .setServerConfig("unix_socket_directories", socketDirectory.toString())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteLater(data)));
  }

  /**
   * Has the data deleted once the server has ended. The tests leave hundreds of databases, and
   * their 100,000 files: this JVM does not wait for that.
   */
  private static void deleteLater(Path data) {
    String script = "while [ -e \"$0/postmaster.pid\" ]; do sleep 0.1; done; rm -rf \"$0\"";
    try {
      new ProcessBuilder("sh", "-c", script, data.toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      System.err.println("Left behind: " + data + ": " + e);
    }
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
        "jdbc:postgresql://localhost:" + server.getPort() + "/" + name,
        socketDirectory.toString());
  }
}
