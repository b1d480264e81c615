package org.lastlogin.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.ServiceFields;
import org.lastlogin.jdbc.Maps;
import org.lastlogin.jdbc.sql.Criterion;
import org.lastlogin.jdbc.sql.SqlDialect;
import org.lastlogin.jdbc.sql.SqlNames;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/** Names, types and tables, as each database gets them; {@code SqlStatementsTest} has the rest. */
class SqlDialectTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a`b", "a\"b", "a;b", "a.b.c", ".a", "a."})
  void rejectsWhatIsNoName(String name) {
    assertThatThrownBy(() -> SqlNames.checkTable(name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void likeMatchesWildcardsAsThemselves() {
    assertThat(Criterion.escapeLike("100%_|")).isEqualTo("100|%|_||");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          MARIADB    | CREATE TABLE IF NOT EXISTS `last_login` (`username` VARCHAR(255) NOT NULL, `domain` VARCHAR(255) NOT NULL, `imap` BIGINT NULL, `pop3` BIGINT NULL, `lda` BIGINT NULL, PRIMARY KEY (`domain`,`username`), INDEX (`username`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
          MYSQL      | CREATE TABLE IF NOT EXISTS `last_login` (`username` VARCHAR(255) NOT NULL, `domain` VARCHAR(255) NOT NULL, `imap` BIGINT NULL, `pop3` BIGINT NULL, `lda` BIGINT NULL, PRIMARY KEY (`domain`,`username`), INDEX (`username`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
          POSTGRESQL | CREATE TABLE IF NOT EXISTS "last_login" ("username" VARCHAR(255) COLLATE "C" NOT NULL, "domain" VARCHAR(255) COLLATE "C" NOT NULL, "imap" BIGINT NULL, "pop3" BIGINT NULL, "lda" BIGINT NULL, PRIMARY KEY ("domain","username"));CREATE INDEX IF NOT EXISTS "last_login_username" ON "last_login" ("username")
          SQLITE     | CREATE TABLE IF NOT EXISTS `last_login` (`username` VARCHAR(255) NOT NULL, `domain` VARCHAR(255) NOT NULL, `imap` BIGINT NULL, `pop3` BIGINT NULL, `lda` BIGINT NULL, PRIMARY KEY (`domain`,`username`));CREATE INDEX IF NOT EXISTS `last_login_username` ON `last_login` (`username`)
          """)
  void createsTheTableOfLastLogins(SqlDialect dialect, String expected) {
    assertThat(String.join(";", JdbcSchema.of(Maps.LAST_LOGIN).statements(dialect)))
        .isEqualTo(expected);
    JdbcSchema store =
        JdbcSchema.ofLogins("last_login", "username", "domain", ServiceFields.DEFAULT);
    assertThat(store.statements(dialect))
        .isEqualTo(JdbcSchema.of(Maps.LAST_LOGIN).statements(dialect));
  }

  @ParameterizedTest
  @CsvSource({
    "shared/last-login/imap/$a/$b, 'b,a'",
    "shared/tree/$a/$b, 'a,b'",
    "shared/tree/$b/$a, 'b,a'",
    "priv/tree/$a/$b, 'u,a,b'"
  })
  void rowsThatAreAskedForTogetherLieTogether(String pattern, String key) {
    DictMap map =
        DictMap.builder(pattern, "t")
            .valueField("v", ValueType.STRING)
            .usernameField("u")
            .keyField("a", "a")
            .keyField("b", "b")
            .build();

    assertThat(JdbcSchema.of(DictMaps.of(map)).statements(SqlDialect.POSTGRESQL).get(0))
        .contains("PRIMARY KEY (\"" + key.replace(",", "\",\"") + "\")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          MARIADB    | CREATE TABLE IF NOT EXISTS `price` (`k` CHAR(36) NOT NULL, `v` DOUBLE NULL, PRIMARY KEY (`k`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
          MYSQL      | CREATE TABLE IF NOT EXISTS `price` (`k` CHAR(36) NOT NULL, `v` DOUBLE NULL, PRIMARY KEY (`k`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
          POSTGRESQL | CREATE TABLE IF NOT EXISTS "price" ("k" UUID NOT NULL, "v" DOUBLE PRECISION NULL, PRIMARY KEY ("k"))
          SQLITE     | CREATE TABLE IF NOT EXISTS `price` (`k` CHAR(36) NOT NULL, `v` DOUBLE NULL, PRIMARY KEY (`k`))
          """)
  void createsColumnsForDoublesAndUuids(SqlDialect dialect, String expected) {
    assertThat(JdbcSchema.of(Maps.PRICES).statements(dialect).get(0)).isEqualTo(expected);
  }
}
