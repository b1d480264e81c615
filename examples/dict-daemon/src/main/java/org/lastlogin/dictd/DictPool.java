package org.lastlogin.dictd;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The connections to the database of one dict. While it is down, it is tried again twice a second
 * for as long as connections are asked for; an attempt that is not answered ends as the data source
 * says. HikariCP alone makes pauses of up to 5 s, so that service would come back that much later
 * than the database. Safe for use by any number of threads.
 */
final class DictPool extends HikariDataSource {
  /**
   * Two connections for the commits, four for lookups, four for iterations: what a dict uses at
   * most.
   */
  private static final int CONNECTIONS = 10;

  /** How long a commit may wait for a connection while the database is down. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final PersistentDataSource database;

  private DictPool(HikariConfig config, PersistentDataSource database) {
    super(config);
    this.database = database;
  }

  /** Opens a pool; nothing is asked of the database before a connection is. */
  static DictPool open(String name, DataSource database) {
    PersistentDataSource persistent = new PersistentDataSource(database);
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(persistent);
    config.setMaximumPoolSize(CONNECTIONS);
    // Whoever asks for a connection has it tried; nobody else needs one.
    config.setMinimumIdle(0);
    config.setConnectionTimeout(PATIENCE.toMillis());
    // Without this the program would end when it starts before its database.
    config.setInitializationFailTimeout(-1);
    return new DictPool(config, persistent);
  }

  @Override
  public Connection getConnection() throws SQLException {
    database.persistFor(PATIENCE);
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
    // HikariCP lets an attempt to connect go on, and loses the connection if it succeeds.
    database.close();
    super.close();
  }
}
