package org.lastlogin.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
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
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * {@link JdbcLastLoginStore} keeps the contract of stores on tables whose collation does not tell
 * upper from lower case, as that of most tutorials does not.
 */
@ParameterizedClass
@EnumSource
class FoldingStoreContractTest extends LastLoginStoreContract {
  @Parameter TestDatabases databases;
  private final List<HikariDataSource> pools = new ArrayList<>();

  @Override
  protected LastLoginStore newStore() throws Exception {
    return newStore(TimePolicy.exact()).orElseThrow();
  }

  @Override
  protected Optional<LastLoginStore> newStore(TimePolicy times) throws Exception {
    TestDatabase database = databases.create();
    createFoldingTable(database, "last_login", ", PRIMARY KEY (username)");
    database.execute("CREATE INDEX last_login_domain ON last_login (domain)");
    HikariDataSource pool = database.pool(4);
    pools.add(pool);
    return Optional.of(JdbcLastLoginStore.builder(pool).times(times).build());
  }

  @Override
  protected boolean foldsCase() {
    return true;
  }

  /** The table of most tutorials, with columns that hold times beyond 2038. */
  static void createFoldingTable(TestDatabase database, String table, String keys)
      throws SQLException {
    String collation =
        switch (database.kind()) {
          case MARIADB, HOST_MARIADB, MYSQL -> "";
          case POSTGRESQL -> " COLLATE nocase";
          case SQLITE -> " COLLATE NOCASE";
        };
    if (database.kind() == TestDatabases.POSTGRESQL) {
      database.execute(
          "CREATE COLLATION nocase (provider=icu, locale='und-u-ks-level2', deterministic=false)");
    }
    database.execute(
        "CREATE TABLE "
            + table
            + " (username VARCHAR(255)"
            + collation
            + " NOT NULL DEFAULT '', domain VARCHAR(255)"
            + collation
            + " NOT NULL DEFAULT '', imap BIGINT DEFAULT NULL, pop3 BIGINT DEFAULT NULL,"
            + " lda BIGINT DEFAULT NULL"
            + keys
            + ")"
            + (database.kind().isOfMySql() ? " ENGINE=InnoDB DEFAULT CHARSET=utf8mb3" : ""));
  }

  @AfterEach
  void closePools() {
    pools.forEach(HikariDataSource::close);
  }
}
