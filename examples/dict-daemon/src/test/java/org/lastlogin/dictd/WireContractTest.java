package org.lastlogin.dictd;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.jdbc.testing.TestDatabases;

/** A SQL dict behind a client and a server is a dict like any other, whatever its database. */
@ParameterizedClass
@EnumSource
class WireContractTest extends WireContract {
  @Parameter TestDatabases databases;

  @Override
  HikariDataSource newPool() {
    return databases.create().pool(4);
  }
}
