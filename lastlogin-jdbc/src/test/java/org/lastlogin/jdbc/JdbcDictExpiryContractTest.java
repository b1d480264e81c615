package org.lastlogin.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.contract.DictExpiryContract;
import org.lastlogin.dict.Dict;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.TestDatabases;

/** {@link JdbcDict} keeps the contract of dicts, too, whose keys expire. */
@ParameterizedClass
@EnumSource
class JdbcDictExpiryContractTest extends DictExpiryContract {
  @Parameter TestDatabases databases;
  private HikariDataSource pool;

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
