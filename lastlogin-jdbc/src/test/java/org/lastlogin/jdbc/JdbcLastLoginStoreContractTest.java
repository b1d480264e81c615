package org.lastlogin.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.lastlogin.LastLoginStore;
import org.lastlogin.contract.LastLoginStoreContract;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * {@link JdbcLastLoginStore} keeps the contract of stores on every database, on a table that it
 * made itself.
 */
class JdbcLastLoginStoreContractTest {

  abstract static class OnDatabase extends LastLoginStoreContract {
    private final TestDatabases databases;
    private HikariDataSource pool;

    OnDatabase(TestDatabases databases) {
      this.databases = databases;
    }

    @Override
    protected LastLoginStore newStore() {
      pool = databases.create().pool(4);
      JdbcLastLoginStore store = JdbcLastLoginStore.create(pool);
      store.createTable();
      return store;
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
