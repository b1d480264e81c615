package org.lastlogin.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.contract.DictContract;
import org.lastlogin.dict.Dict;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * {@link JdbcDict} keeps the contract of dicts on every database, on tables that it made itself.
 */
@ParameterizedClass
@EnumSource
class JdbcDictContractTest extends DictContract {
  @Parameter TestDatabases databases;
  private HikariDataSource pool;

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
