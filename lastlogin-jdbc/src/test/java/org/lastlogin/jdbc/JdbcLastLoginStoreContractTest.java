package org.lastlogin.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.LastLoginStore;
import org.lastlogin.TimePolicy;
import org.lastlogin.contract.LastLoginStoreContract;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * {@link JdbcLastLoginStore} keeps the contract of stores on every database, on a table that it
 * made itself.
 */
@ParameterizedClass
@EnumSource
class JdbcLastLoginStoreContractTest extends LastLoginStoreContract {
  @Parameter TestDatabases databases;
  private final List<HikariDataSource> pools = new ArrayList<>();

  @Override
  protected LastLoginStore newStore() {
    return newStore(TimePolicy.exact()).orElseThrow();
  }

  @Override
  protected Optional<LastLoginStore> newStore(TimePolicy times) {
    HikariDataSource pool = databases.create().pool(4);
    pools.add(pool);
    JdbcLastLoginStore store = JdbcLastLoginStore.builder(pool).times(times).build();
    store.createTable();
    return Optional.of(store);
  }

  @AfterEach
  void closePools() {
    pools.forEach(HikariDataSource::close);
  }
}
