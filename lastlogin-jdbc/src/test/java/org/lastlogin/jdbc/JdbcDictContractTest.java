package org.lastlogin.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.contract.DictContract;
import org.lastlogin.dict.Dict;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * {@link JdbcDict} keeps the contract of dicts on every database, on tables that it made itself.
 */
class JdbcDictContractTest {

  abstract static class OnDatabase extends DictContract {
    private final TestDatabases databases;
    private HikariDataSource pool;

    OnDatabase(TestDatabases databases) {
      this.databases = databases;
    }

    @Override
    protected Dict newDict() {
      pool = pool(databases.create());
      JdbcSchema.of(Maps.EXTRA).createMissing(pool);
      return JdbcDict.create(pool, Maps.EXTRA);
    }

    HikariDataSource pool(TestDatabase database) {
      return database.pool(4);
    }

    @AfterEach
    void closePool() {
      pool.close();
    }
  }

  @Nested
  class MariaDb extends OnDatabase {
    MariaDb() {
      super(TestDatabases.MARIADB);
    }
  }

  /** MySQL's own driver, with the server that there is. */
  @Nested
  class MySqlDriver extends OnDatabase {
    MySqlDriver() {
      super(TestDatabases.MARIADB);
    }

    @Override
    HikariDataSource pool(TestDatabase database) {
      Map<String, String> server =
          Map.of(
              "host", database.host(),
              "port", Integer.toString(database.port()),
              "dbname", database.name(),
              "user", database.user(),
              "password", database.password());
      HikariConfig config = new HikariConfig();
      config.setMaximumPoolSize(4);
      config.setDataSource(
          ConnectDataSource.create(JdbcDriver.MYSQL, ConnectSettings.of(List.of(server))));
      return new HikariDataSource(config);
    }
  }

  @Nested
  class PostgreSql extends OnDatabase {
    PostgreSql() {
      super(TestDatabases.POSTGRESQL);
    }
  }

  @Nested
  class Sqlite extends OnDatabase {
    Sqlite() {
      super(TestDatabases.SQLITE);
    }
  }
}
