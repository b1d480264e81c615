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
 * The system's MariaDB with data of its own and the durability that it has unless told otherwise:
 * each commit is on the disk before it is answered. Safe for use by any number of threads.
 */
final class MariaDb implements AutoCloseable {
  private static final String NAME = "vmail";
  private static final String USER = "vmailadmin";
  private static final String PASSWORD = "my_secret_password";

  /** It leaves a connection to each of Dovecot's processes. */
  private static final int MOST_CONNECTIONS = 1000;

  /** Read by the server as it starts, which takes each line for a statement. */
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
   * Starts one whose files lie below a directory that all users may enter.
   *
   * @param options what it is told besides
   */
  static MariaDb start(Path parent, String... options) throws IOException, InterruptedException {
    Path directory = Files.createDirectory(parent.resolve("mariadb"));
    // As root it becomes this user, to whom its socket's directory must belong, too.
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

  /** A connection to the database that both dict servers write to. */
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

  /** The number that a query has for its answer. */
  long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** What a map file says of it behind {@code connect =}. */
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

  /** Its process. */
  ProcessTree tree() {
    return process.tree();
  }

  @Override
  public void close() {
    process.close();
  }
}
