package com.example.jdbc;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Instant;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.lastlogin.LastLogin;
import org.lastlogin.LoginEvent;
import org.lastlogin.jdbc.JdbcLastLoginStore;

/** Uses the store over SQLite. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("consumer");
    Path file = directory.resolve("lastlogin.sqlite");
    try {
      Instant newYear = Instant.parse("2026-01-01T00:00:00Z");
      JdbcLastLoginStore store = JdbcLastLoginStore.create(new Sqlite("jdbc:sqlite:" + file));
      store.createTable();
      store.record(LoginEvent.of("imap", "alice@example.com", newYear));
      if (!store.find("alice@example.com").flatMap(LastLogin::latestLogin).orElseThrow().equals(newYear)) {
        throw new AssertionError("The login is not in the table");
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  /** Connections from the driver manager, so that this module requires no driver's. */
  private record Sqlite(String url) implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
      return DriverManager.getConnection(url);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
