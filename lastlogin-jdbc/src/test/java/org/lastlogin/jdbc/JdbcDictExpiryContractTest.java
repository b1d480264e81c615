package org.lastlogin.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.lastlogin.contract.DictExpiryContract;
import org.lastlogin.dict.Dict;
import org.lastlogin.jdbc.testing.TestDatabases;

/** {@link JdbcDict} keeps the contract of dicts, too, whose keys expire. */
class JdbcDictExpiryContractTest {

  abstract static class OnDatabase extends DictExpiryContract {
    private final TestDatabases databases;
    private HikariDataSource pool;

    OnDatabase(TestDatabases databases) {
      this.databases = databases;
    }

    @Override
    protected Dict newDict(InstantSource clock) {
      pool = databases.create().pool(4);
      JdbcSchema.of(Maps.EXPIRING).createMissing(pool);
      return JdbcDict.builder(pool, Maps.EXPIRING).clock(clock).build();
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
