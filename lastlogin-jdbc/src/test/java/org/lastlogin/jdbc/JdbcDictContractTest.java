package org.lastlogin.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.lastlogin.contract.DictContract;
import org.lastlogin.dict.Dict;
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
      pool = databases.create().pool(4);
      JdbcSchema.of(Maps.EXTRA).createMissing(pool);
      return JdbcDict.create(pool, Maps.EXTRA);
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
