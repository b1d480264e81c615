package org.lastlogin.jdbc.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * An empty database for one test. Immutable.
 *
 * @param kind which server has it
 * @param host where the server listens; empty for SQLite
 * @param port the port it listens on; 0 for SQLite
 * @param name the database's name; the file's path for SQLite
 * @param user who may log in; empty for SQLite
 * @param password with which password; empty for SQLite
 * @param url the JDBC URL, without user and password
 * @param socket the Unix socket, as {@code host} names it; empty if there is none
 */
public record TestDatabase(
    TestDatabases kind,
    String host,
    int port,
    String name,
    String user,
    String password,
    String url,
    String socket) {

  /** Unpooled connections. */
  public DataSource dataSource() {
    return new UnpooledDataSource(() -> DriverManager.getConnection(url, user, password));
  }

  /** A pool, which the test closes. */
  public HikariDataSource pool(int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(2_000);
    // A pool whose database is down must start all the same.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** Executes statements, one after the other. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The rows of a query; their columns as text, separated by commas. */
  public List<String> query(String sql) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> result = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        result.add(String.join(",", row.stream().map(String::valueOf).toList()));
      }
      return result;
    }
  }
}
