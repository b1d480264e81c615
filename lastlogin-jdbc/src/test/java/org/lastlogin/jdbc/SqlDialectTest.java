package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.jdbc.testing.UnpooledDataSource;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/** Whole statements, as each database gets them. */
class SqlDialectTest {
  private static final UniqueKey TARGET = new UniqueKey(List.of("username"));

  private static String upsert(SqlDialect dialect, boolean keepNewest) {
    return dialect
        .template(
            new Shape.Upsert(
                "last_login", List.of("username", "domain"), List.of("imap"), keepNewest),
            TARGET)
        .text(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          MARIADB    | INSERT INTO `last_login` (`imap`,`username`,`domain`) VALUES (?,?,?),(?,?,?) ON DUPLICATE KEY UPDATE `imap`=VALUES(`imap`)
          MYSQL      | INSERT INTO `last_login` (`imap`,`username`,`domain`) VALUES (?,?,?),(?,?,?) AS new ON DUPLICATE KEY UPDATE `imap`=new.`imap`
          POSTGRESQL | INSERT INTO "last_login" ("imap","username","domain") VALUES (?,?,?),(?,?,?) ON CONFLICT ("username") DO UPDATE SET "imap"=excluded."imap"
          SQLITE     | INSERT INTO "last_login" ("imap","username","domain") VALUES (?,?,?),(?,?,?) ON CONFLICT ("username") DO UPDATE SET "imap"=excluded."imap"
          """)
  void upsertReplaces(SqlDialect dialect, String expected) {
    assertThat(upsert(dialect, false)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          MARIADB    | INSERT INTO `last_login` (`imap`,`username`,`domain`) VALUES (?,?,?),(?,?,?) ON DUPLICATE KEY UPDATE `imap`=CASE WHEN VALUES(`imap`)+0<`imap`+0 THEN `imap` ELSE VALUES(`imap`) END
          MYSQL      | INSERT INTO `last_login` (`imap`,`username`,`domain`) VALUES (?,?,?),(?,?,?) AS new ON DUPLICATE KEY UPDATE `imap`=CASE WHEN new.`imap`+0<`last_login`.`imap`+0 THEN `last_login`.`imap` ELSE new.`imap` END
          POSTGRESQL | INSERT INTO "last_login" ("imap","username","domain") VALUES (?,?,?),(?,?,?) ON CONFLICT ("username") DO UPDATE SET "imap"=CASE WHEN excluded."imap"+0<"last_login"."imap"+0 THEN "last_login"."imap" ELSE excluded."imap" END
          SQLITE     | INSERT INTO "last_login" ("imap","username","domain") VALUES (?,?,?),(?,?,?) ON CONFLICT ("username") DO UPDATE SET "imap"=CASE WHEN excluded."imap"+0<"last_login"."imap"+0 THEN "last_login"."imap" ELSE excluded."imap" END
          """)
  void upsertKeepsTheNewest(SqlDialect dialect, String expected) {
    assertThat(upsert(dialect, true)).isEqualTo(expected);
  }

  @Test
  void severalColumnsAreOneRow() {
    Shape shape = new Shape.Upsert("quota", List.of("username"), List.of("bytes", "count"), false);

    assertThat(SqlDialect.MARIADB.template(shape, TARGET).text(1))
        .isEqualTo(
            "INSERT INTO `quota` (`bytes`,`count`,`username`) VALUES (?,?,?)"
                + " ON DUPLICATE KEY UPDATE `bytes`=VALUES(`bytes`),`count`=VALUES(`count`)");
  }

  @Test
  void otherStatementsAreTheSameButForTheQuotes() {
    List<String> keys = List.of("a", "b");
    SqlDialect dialect = SqlDialect.POSTGRESQL;

    Shape increment = new Shape.Increment("Mail.Quota", List.of("user"), List.of("count"));
    assertThat(dialect.template(increment, TARGET).text(1))
        .isEqualTo(
            "UPDATE \"mail\".\"quota\" SET \"count\"=COALESCE(\"count\",0)+? WHERE \"user\"=?");
    assertThat(SqlDialect.MARIADB.template(new Shape.Delete("tree", keys), null).text(2))
        .isEqualTo("DELETE FROM `tree` WHERE (`a`=? AND `b`=?) OR (`a`=? AND `b`=?)");
    assertThat(dialect.select(List.of("v1", "v2"), "tree", keys))
        .isEqualTo("SELECT \"v1\",\"v2\" FROM \"tree\" WHERE \"a\"=? AND \"b\"=?");
    assertThat(dialect.selectIn(List.of("v"), "tree", "a", 2))
        .isEqualTo("SELECT \"v\" FROM \"tree\" WHERE \"a\" IN (?,?)");
    assertThat(dialect.selectPage(List.of("v"), "tree", "a", "b"))
        .isEqualTo("SELECT \"v\" FROM \"tree\" WHERE \"a\"=? AND \"b\">? ORDER BY \"b\" LIMIT ?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a`b", "a\"b", "a;b", "a.b.c", ".a", "a."})
  void rejectsWhatIsNoName(String name) {
    assertThatThrownBy(() -> SqlNames.checkTable(name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void likeMatchesWildcardsAsThemselves() {
    assertThat(Condition.escapeLike("100%_|")).isEqualTo("100|%|_||");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          MARIADB    | CREATE TABLE IF NOT EXISTS `last_login` (`username` VARCHAR(255) NOT NULL, `domain` VARCHAR(255) NOT NULL, `imap` BIGINT NULL, `pop3` BIGINT NULL, `lda` BIGINT NULL, PRIMARY KEY (`username`,`domain`), INDEX (`domain`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
          MYSQL      | CREATE TABLE IF NOT EXISTS `last_login` (`username` VARCHAR(255) NOT NULL, `domain` VARCHAR(255) NOT NULL, `imap` BIGINT NULL, `pop3` BIGINT NULL, `lda` BIGINT NULL, PRIMARY KEY (`username`,`domain`), INDEX (`domain`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
          POSTGRESQL | CREATE TABLE IF NOT EXISTS "last_login" ("username" VARCHAR(255) COLLATE "C" NOT NULL, "domain" VARCHAR(255) COLLATE "C" NOT NULL, "imap" BIGINT NULL, "pop3" BIGINT NULL, "lda" BIGINT NULL, PRIMARY KEY ("username","domain"));CREATE INDEX IF NOT EXISTS "last_login_domain" ON "last_login" ("domain")
          SQLITE     | CREATE TABLE IF NOT EXISTS "last_login" ("username" VARCHAR(255) NOT NULL, "domain" VARCHAR(255) NOT NULL, "imap" BIGINT NULL, "pop3" BIGINT NULL, "lda" BIGINT NULL, PRIMARY KEY ("username","domain"));CREATE INDEX IF NOT EXISTS "last_login_domain" ON "last_login" ("domain")
          """)
  void createsTheTableOfLastLogins(SqlDialect dialect, String expected) {
    assertThat(String.join(";", JdbcSchema.of(Maps.LAST_LOGIN).statements(dialect)))
        .isEqualTo(expected);
    assertThat(JdbcLastLoginStore.create(unused()).schema().statements(dialect))
        .isEqualTo(JdbcSchema.of(Maps.LAST_LOGIN).statements(dialect));
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
          SQLITE     | CREATE TABLE IF NOT EXISTS "price" ("k" CHAR(36) NOT NULL, "v" DOUBLE NULL, PRIMARY KEY ("k"))
          """)
  void createsColumnsForDoublesAndUuids(SqlDialect dialect, String expected) {
    assertThat(JdbcSchema.of(ValueTypesTest.MAPS).statements(dialect).get(0)).isEqualTo(expected);
  }

  @Test
  void refusesRowsThatExpire() {
    DictMap map =
        DictMap.builder("shared/x/$k", "x")
            .valueField("v", ValueType.STRING)
            .keyField("k", "k")
            .expireField("e")
            .build();

    assertThatThrownBy(() -> JdbcDict.create(unused(), DictMaps.of(map)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shared/x/$k")
        .hasMessageContaining("expire_field");
  }

  /** A data source that nobody uses. */
  private static DataSource unused() {
    return new UnpooledDataSource(
        () -> {
          throw new AssertionError("not to be used");
        });
  }
}
