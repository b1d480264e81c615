package org.lastlogin.jdbc.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a server of MariaDB or MySQL listens that has {@link #INIT_SQL} run. Immutable.
 *
 * @param kind which of the servers it is
 * @param scheme the word for the driver in a JDBC URL
 * @param host the host it listens at
 * @param port the port it listens at
 * @param options what follows in a JDBC URL, for a server without TLS
 * @param socket its Unix socket; empty if there is none
 */
record SqlServer(
    TestDatabases kind, String scheme, String host, int port, String options, String socket) {
  private static final String USER = "tester";
  private static final String PASSWORD = "secret-of-the-test";
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Run by the server as it starts: without it, nobody may log in over TCP. The name is given twice
   * since the nameless user at localhost comes before one at any host.
   */
  static final String INIT_SQL =
      Stream.of("localhost", "%")
          .map(host -> "'" + USER + "'@'" + host + "'")
          .map(SqlServer::grant)
          .collect(Collectors.joining());

  private static String grant(String user) {
    return "CREATE USER IF NOT EXISTS "
        + user
        + " IDENTIFIED BY '"
        + PASSWORD
        + "';\nGRANT ALL ON *.* TO "
        + user
        + " WITH GRANT OPTION;\n";
  }

  /** A MariaDB. */
  static SqlServer mariaDb(TestDatabases kind, String host, int port, String socket) {
    return new SqlServer(kind, "mariadb", host, port, "?sslMode=disable", socket);
  }

  /** A MySQL, by its own driver: without TLS, it encrypts the password with the server's key. */
  static SqlServer mySql(TestDatabases kind, String host, int port, String socket) {
    String options = "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    return new SqlServer(kind, "mysql", host, port, options, socket);
  }

  /** A MariaDB that is about to be started in a directory, at a port that nobody uses. */
  static SqlServer newMariaDb(TestDatabases kind, Path directory) throws IOException {
    return mariaDb(kind, LOOPBACK, freePort(), socket(directory).toString());
  }

  /** A MySQL that is about to be started in a directory, at a port that nobody uses. */
  static SqlServer newMySql(TestDatabases kind, Path directory) throws IOException {
    return mySql(kind, LOOPBACK, freePort(), socket(directory).toString());
  }

  private static Path socket(Path directory) {
    return directory.resolve("mysql.sock");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Writes {@link #INIT_SQL} to a file in a directory. */
  static Path writeInitSql(Path directory) throws IOException {
    return Files.writeString(directory.resolve("init.sql"), INIT_SQL);
  }

  /** Whether it accepts connections. */
  boolean isUp() {
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  TestDatabase createDatabase(String name) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    }
    return database(name);
  }

  private Connection connect() throws SQLException {
    return database("").dataSource().getConnection();
  }

  /** A database that is there; that of no name is the server itself. */
  private TestDatabase database(String name) {
    String url = "jdbc:" + scheme + "://" + host + ":" + port + "/" + name + options;
    return new TestDatabase(kind, host, port, name, USER, PASSWORD, url, socket);
  }
}
