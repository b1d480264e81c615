package org.lastlogin.dictd;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictException;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.JdbcSchema;
import org.lastlogin.map.DictMaps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One dict that the program serves, with the pool of connections to its database. Neither needs the
 * database to be up.
 */
final class ServedDict implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServedDict.class);

  /**
   * One connection for the commits, four for lookups, four for iterations: what the dict uses at
   * most.
   */
  private static final int CONNECTIONS = 9;

  /** How long a commit may wait for a connection while the database is down. */
  private static final long CONNECTION_PATIENCE_MILLIS = 3_000;

  private static final long RETRY_MILLIS = 2_000;

  private final String name;
  private final DictMaps maps;
  private final HikariDataSource pool;
  private final JdbcDict dict;
  private final JdbcSchema schema;
  private final CountDownLatch closing = new CountDownLatch(1);

  ServedDict(String name, DictMaps maps, DataSource database) {
    this.name = name;
    this.maps = maps;
    this.schema = JdbcSchema.of(maps);
    this.pool = pool(name, database);
    this.dict = JdbcDict.create(pool, maps);
  }

  private static HikariDataSource pool(String name, DataSource database) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(database);
    config.setMaximumPoolSize(CONNECTIONS);
    // With idle connections to keep, the pool would go on trying while its database is down, with
    // pauses of up to 5 s;
    // without, each commit tries at once.
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECTION_PATIENCE_MILLIS);
    // Without this the program would end when it starts before its database.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  String name() {
    return name;
  }

  Dict dict() {
    return dict;
  }

  /**
   * Says what the dict has and to which database it is connected.
   *
   * @throws DictException if the database cannot be reached
   */
  String check() {
    dict.ping().toCompletableFuture().join();
    try (Connection connection = pool.getConnection()) {
      DatabaseMetaData database = connection.getMetaData();
      return "dict "
          + name
          + ": "
          + maps.asList().size()
          + " maps, connected to "
          + database.getDatabaseProductName()
          + " "
          + database.getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new DictException("The database was lost while it was asked for its version", e);
    }
  }

  /** Creates the tables that are missing. */
  void createTables() {
    schema.createMissing(pool);
  }

  /**
   * Tries, without making anybody wait, to reach the database, so that its absence is told at the
   * start and not at the first login; and creates the tables that are missing, as soon as the
   * database is there.
   */
  void prepare(boolean createTables) {
    Thread preparing =
        new Thread(() -> prepareNow(createTables), "lastlogin-dictd-prepare-" + name);
    preparing.setDaemon(true);
    preparing.start();
  }

  private void prepareNow(boolean createTables) {
    var unused = dict.ping();
    boolean created = !createTables;
    boolean told = false;
    while (!created) {
      try {
        createTables();
        created = true;
        log.info("dict {}: its tables are there", name);
      } catch (DictException e) {
        if (!told) {
          log.warn("dict {}: {}; trying again", name, e.getMessage());
          told = true;
        }
        if (isClosedWithin(RETRY_MILLIS)) {
          return;
        }
      }
    }
  }

  private boolean isClosedWithin(long millis) {
    try {
      return closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Closing a second time waits for the first to be done. */
  @Override
  public synchronized void close() {
    closing.countDown();
    dict.close();
    pool.close();
  }
}
