package org.lastlogin.dictd;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.jdbc.testing.TestDatabases;

/** Tests a SQL dict of each database through a client and a server. */
@ParameterizedClass
@EnumSource
class WireContractTest extends WireContract {
  @Parameter TestDatabases databases;

  @Override
  HikariDataSource newPool() {
    return databases.create().pool(4);
  }
}
