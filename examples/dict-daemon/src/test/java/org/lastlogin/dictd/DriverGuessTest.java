package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.SqlDriver;

/** Drivers guessed from connect lines. */
class DriverGuessTest {

  @ParameterizedTest
  @CsvSource({
    "host=127.0.0.1 dbname=vmail user=u password=p, MYSQL",
    "host=127.0.0.1 port=3306, MYSQL",
    "host=/run/mysqld/mysqld.sock ssl_ca=/etc/ca.pem, MYSQL",
    "hostaddr=127.0.0.1 dbname=vmail, MYSQL",
    "host=127.0.0.1 port=5432, PGSQL",
    "host=127.0.0.1 sslmode=require, PGSQL",
    "/var/lib/lastlogin.sqlite, SQLITE",
    "/var/lib/lastlogin.sqlite journal_mode=wal, SQLITE",
    "lastlogin.sqlite, SQLITE"
  })
  void dependsOnTheSettings(String connect, SqlDriver driver) {
    assertThat(DriverGuess.of(DictConfig.parse("connect = " + connect, "f").onlyDict()))
        .isEqualTo(driver);
  }

  @Test
  void isTheMostCommonWithoutThem() {
    assertThat(DriverGuess.of(DictConfig.parse("", "f").onlyDict())).isEqualTo(SqlDriver.MYSQL);
  }
}
