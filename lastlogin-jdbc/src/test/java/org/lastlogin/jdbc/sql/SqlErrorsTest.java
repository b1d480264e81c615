package org.lastlogin.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlErrorsTest {

  /** After a COMMIT was sent, this decides between "failed" and "nobody knows". */
  @ParameterizedTest
  @CsvSource({
    "08S01,true", // Whoever
    "57P01,true", // PostgreSQL, stopped
    "25S03,true", // MariaDB's driver, which has moved on to another server
    "25006,false", // Read-only
    "40001,false", // Rolled back
  })
  void knowsALostConnection(String state, boolean lost) {
    SQLException e = new SQLException("message", state);
    assertThat(SqlErrors.isConnectionLost(e)).isEqualTo(lost);
    assertThat(SqlErrors.isConnectionLost(new SQLException("wrapped", e))).isEqualTo(lost);
  }
}
