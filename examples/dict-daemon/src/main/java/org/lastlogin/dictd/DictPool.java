package org.lastlogin.dictd;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Connection pool of one dict. While the database is down and connections are requested, the pool
 * retries twice a second; the data source limits how long an attempt without an answer takes.
 * HikariCP alone pauses for up to 5 s, so that the dict would be back that much later than the
 * database. Thread-safe.
 */
final class DictPool extends HikariDataSource {
  /** The most that a dict uses: two for commits, four for lookups, four for iterations. */
  private static final int CONNECTIONS = 10;

  /** The longest time that a commit waits for a connection while the database is down. */
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(3);

  private final PersistentDataSource database;

  private DictPool(HikariConfig config, PersistentDataSource database) {
    super(config);
    this.database = database;
  }

  /** Opens a pool; it connects to the database when a connection is first requested. */
  static DictPool open(String name, DataSource database) {
    PersistentDataSource persistent = new PersistentDataSource(database);
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(persistent);
    config.setMaximumPoolSize(CONNECTIONS);
    // Only requests for connections make it connect.
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    // Otherwise the program would exit when it starts before its database.
    config.setInitializationFailTimeout(-1);
    return new DictPool(config, persistent);
  }

  @Override
  public Connection getConnection() throws SQLException {
    database.persistFor(CONNECTION_TIMEOUT);
    try {
      return super.getConnection();
    } catch (SQLTransientConnectionException e) {
      SQLException reason = database.failure();
      throw reason == null
          ? e
          : new SQLTransientConnectionException(e.getMessage(), reason.getSQLState(), reason);
    }
  }

  @Override
  public void close() {
    // HikariCP does not end an attempt to connect, and leaks the connection if it succeeds.
    database.close();
    super.close();
  }
}
