package org.lastlogin.jdbc.connect;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.contract.DictContract;
import org.lastlogin.dict.Dict;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.Maps;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** {@link JdbcDict} keeps the contract of dicts with MariaDB's driver for MySQL and vice versa. */
@ParameterizedClass
@CsvSource({"MARIADB, MYSQL", "MYSQL, MARIADB"})
class OtherDriverContractTest extends DictContract {
  @Parameter(0)
  TestDatabases databases;

  @Parameter(1)
  JdbcDriver driver;

  private HikariDataSource pool;

  @Override
  protected Dict newDict() {
    HikariConfig config = new HikariConfig();
    config.setMaximumPoolSize(4);
    config.setDataSource(ConnectDataSource.create(driver, settings(databases.create())));
    pool = new HikariDataSource(config);
    JdbcSchema.of(Maps.EXTRA).createMissing(pool);
    return JdbcDict.create(pool, Maps.EXTRA);
  }

  private static ConnectSettings settings(TestDatabase database) {
    return ConnectSettings.of(
        List.of(
            Map.of(
                "host", database.host(),
                "port", Integer.toString(database.port()),
                "dbname", database.name(),
                "user", database.user(),
                "password", database.password())));
  }

  @AfterEach
  void closePool() {
    pool.close();
  }
}
