package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

class ExpirySweepTest {
  private static final DictMaps MAPS =
      DictMaps.of(
          DictMap.builder("shared/t/$k", "t")
              .valueField("v", ValueType.STRING)
              .keyField("k", "k")
              .expireField("e")
              .build());

  /** The first sweep fails because the table is missing; later ones must succeed. */
  @Test
  void removesExpiredRowsAgainAndAgain() throws Exception {
    TestDatabase database = TestDatabases.SQLITE.create();
    try (HikariDataSource pool = database.pool(2);
        JdbcDict dict = JdbcDict.create(pool, MAPS);
        ExpirySweep sweep = ExpirySweep.start("test", dict, Duration.ofMillis(10))) {
      database.execute("CREATE TABLE t (k VARCHAR(9) PRIMARY KEY, v VARCHAR(9), e BIGINT)");
      for (int i = 0; i < 3; i++) {
        database.execute("INSERT INTO t VALUES ('stays" + i + "', 'v', NULL), ('goes', 'v', 1)");
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> database.query("SELECT k FROM t WHERE e IS NOT NULL").isEmpty());
      }
    }
    assertThat(database.query("SELECT COUNT(*) FROM t")).containsExactly("3");
  }
}
