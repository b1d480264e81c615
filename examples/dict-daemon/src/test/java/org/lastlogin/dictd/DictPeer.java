package org.lastlogin.dictd;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.lastlogin.dictproto.client.DictClient;
import org.lastlogin.jdbc.testing.TestDatabase;

/** A dict server at a Unix socket, with its MariaDB. For one thread. */
final class DictPeer implements AutoCloseable {
  /** Hexadecimal digits show any text, and no collation hides a difference. */
  private static final String ALL_ROWS =
      """
      SELECT 'quota', HEX(username), bytes, messages, NULL, NULL FROM quota
      UNION ALL SELECT 'pair', HEX(k), HEX(v1), v2, NULL, NULL FROM pair
      UNION ALL SELECT 'tree', HEX(a), HEX(b), HEX(v), NULL, NULL FROM tree
      UNION ALL SELECT 'blobs', HEX(id), HEX(v), NULL, NULL, NULL FROM blobs
      UNION ALL SELECT 'last_login', HEX(username), HEX(domain), imap, pop3, lda FROM last_login
      """;

  private static final List<String> TABLES =
      List.of("quota", "pair", "tree", "blobs", "last_login");

  private final TestDatabase database;
  private final HikariDataSource pool;
  private final DictClient client;

  DictPeer(Path socket, TestDatabase database) {
    this.database = database;
    this.pool = database.pool(1);
    this.client = DictClient.builder(socket, "lastlogin").connections(1).build();
  }

  DictAnswer answer(DictCall call) {
    return DictAnswer.of(client, call);
  }

  /** Returns all rows of all tables, sorted. */
  List<String> rows() throws SQLException {
    return query(ALL_ROWS).stream().map(row -> String.join(",", row)).sorted().toList();
  }

  /** Returns the rows of a query, with NULL as empty text. */
  List<List<String>> query(String sql, String... parameters) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<List<String>> result = new ArrayList<>();
        while (rows.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            String text = rows.getString(i);
            row.add(text == null ? "" : text);
          }
          result.add(row);
        }
        return result;
      }
    }
  }

  /** Deletes all rows. */
  void empty() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.addBatch("DELETE FROM " + table);
      }
      statement.executeBatch();
    }
  }

  /** Replaces the rows by those of another peer. */
  void takeRows(DictPeer other) throws SQLException {
    empty();
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.addBatch(
            "INSERT INTO " + table + " SELECT * FROM " + other.database.name() + "." + table);
      }
      statement.executeBatch();
    }
  }

  @Override
  public void close() {
    client.close();
    pool.close();
  }
}
