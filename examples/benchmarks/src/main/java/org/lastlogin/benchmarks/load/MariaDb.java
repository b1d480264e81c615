package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The system's MariaDB with its own data and its default durability: each commit is on the disk
 * before it is answered. Thread-safe.
 */
final class MariaDb implements AutoCloseable {
  private static final String NAME = "vmail";
  private static final String USER = "vmailadmin";
  private static final String PASSWORD = "my_secret_password";

  /** Enough for a connection to each of Dovecot's processes. */
  private static final int MOST_CONNECTIONS = 1000;

  /** Statements that the server executes when it starts; each line is one statement. */
  private static final String INIT_SQL =
      """
      CREATE DATABASE %1$s;
      CREATE USER %2$s@localhost IDENTIFIED BY '%3$s';
      GRANT ALL ON %1$s.* TO %2$s@localhost;
      """
          .formatted(NAME, USER, PASSWORD);

  private final ServerProcess process;
  private final int port;

  private MariaDb(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server with its files below a directory that all users may enter.
   *
   * @param options further options of the server
   */
  static MariaDb start(Path parent, String... options) throws IOException, InterruptedException {
    Path directory = Files.createDirectory(parent.resolve("mariadb"));
    // Started as root, it switches to this user, who must own its socket's directory, too.
    Programs.run("chown", "mysql:mysql", directory.toString());
    Path data = directory.resolve("data");
    Programs.run(
        "mariadb-install-db",
        "--no-defaults",
        "--user=mysql",
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
        "--datadir=" + data);
    Path init = Files.writeString(directory.resolve("init.sql"), INIT_SQL);
    int port = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/sbin/mariadbd",
                "--no-defaults",
                "--user=mysql",
                "--datadir=" + data,
                "--socket=" + directory.resolve("socket"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--max-connections=" + MOST_CONNECTIONS,
                "--init-file=" + init));
    command.addAll(List.of(options));
    MariaDb database =
        new MariaDb(ServerProcess.start(parent.resolve("mariadb.log"), command), port);
    database.process.await(database::isServing);
    return database;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean isServing() {
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Returns a connection to the database that both dict servers write to. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port + "/" + NAME + "?sslMode=disable", USER, PASSWORD);
  }

  /** Executes a statement. */
  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Returns the number that a query selects. */
  long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Returns the value of {@code connect} in a map file. */
  String connectSetting() {
    return "host=127.0.0.1 port="
        + port
        + " dbname="
        + NAME
        + " user="
        + USER
        + " password="
        + PASSWORD;
  }

  /** Returns its process. */
  ProcessTree tree() {
    return process.tree();
  }

  @Override
  public void close() {
    process.close();
  }
}
