package org.lastlogin.dictd;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Data source that retries failed attempts to connect until a deadline, which each request can move
 * ahead. Thread-safe.
 */
final class PersistentDataSource implements DataSource, AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 500;

  private final DataSource database;
  private final CloseSignal closing = new CloseSignal();
  private volatile long deadline = System.nanoTime();
  private volatile @Nullable SQLException failure;

  PersistentDataSource(DataSource database) {
    this.database = database;
  }

  /** Lets all threads that are connecting retry for this time from now on. */
  void persistFor(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  /** Returns why the last attempt failed; {@code null} if it succeeded. */
  @Nullable SQLException failure() {
    return failure;
  }

  @Override
  public Connection getConnection() throws SQLException {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        Connection connection = database.getConnection();
        failure = null;
        return requireOpen(connection);
      } catch (SQLException e) {
        failure = e;
        if (deadline - System.nanoTime() < 0 || closing.isClosedWithin(pause)) {
          throw e;
        }
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  /** Closes the connection if the pool was closed meanwhile, because the pool would not. */
  private Connection requireOpen(Connection connection) throws SQLException {
    if (closing.isClosed()) {
      connection.close();
      throw new SQLException("The pool was closed while it connected");
    }
    return connection;
  }

  /** Ends attempts in progress; from now on all attempts fail. */
  @Override
  public void close() {
    closing.close();
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return database.getConnection(username, password);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return database.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    database.setLogWriter(out);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return database.getLoginTimeout();
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    database.setLoginTimeout(seconds);
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return database.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return database.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return database.isWrapperFor(type);
  }
}
