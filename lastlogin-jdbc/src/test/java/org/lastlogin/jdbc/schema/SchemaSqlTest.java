package org.lastlogin.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lastlogin.jdbc.schema.SchemaSql.ColumnChange;
import org.lastlogin.jdbc.schema.TableShape.ColumnShape;
import org.lastlogin.jdbc.sql.SqlDialect;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/** Whole statements that make and mend tables, as each database gets them. */
class SchemaSqlTest {

  private static String created(SqlDialect dialect, DictMap map) {
    return String.join(";", JdbcSchema.of(DictMaps.of(map)).statements(dialect));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          MARIADB    | CREATE TABLE IF NOT EXISTS `s`.`x` (`k` VARBINARY(255) NOT NULL, `v` VARCHAR(255) NULL, `e` BIGINT NULL, PRIMARY KEY (`k`), INDEX (`e`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
          MYSQL      | CREATE TABLE IF NOT EXISTS `s`.`x` (`k` VARBINARY(255) NOT NULL, `v` VARCHAR(255) NULL, `e` BIGINT NULL, PRIMARY KEY (`k`), INDEX (`e`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
          POSTGRESQL | CREATE TABLE IF NOT EXISTS "s"."x" ("k" BYTEA NOT NULL, "v" VARCHAR(255) COLLATE "C" NULL, "e" BIGINT NULL, PRIMARY KEY ("k"));CREATE INDEX IF NOT EXISTS "x_e" ON "s"."x" ("e")
          SQLITE     | CREATE TABLE IF NOT EXISTS `s`.`x` (`k` BLOB NOT NULL, `v` VARCHAR(255) NULL, `e` BIGINT NULL, PRIMARY KEY (`k`));CREATE INDEX IF NOT EXISTS `s`.`x_e` ON `x` (`e`)
          """)
  void createsATableWhoseRowsExpire(SqlDialect dialect, String expected) {
    DictMap map =
        DictMap.builder("shared/x/$k", "s.x")
            .valueField("v", ValueType.STRING)
            .keyField("k", "k", ValueType.HEXBLOB)
            .expireField("e")
            .build();

    assertThat(created(dialect, map)).isEqualTo(expected);
  }

  /** Four columns of 255 characters are more than a key can have there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          MARIADB    | `a` VARCHAR(171) NOT NULL, `b` VARCHAR(171) NOT NULL, `c` VARCHAR(171) NOT NULL, `u` VARCHAR(255) NOT NULL,
          MYSQL      | `a` VARCHAR(171) NOT NULL, `b` VARCHAR(171) NOT NULL, `c` VARCHAR(171) NOT NULL, `u` VARCHAR(255) NOT NULL,
          SQLITE     | `a` VARCHAR(255) NOT NULL, `b` VARCHAR(255) NOT NULL, `c` VARCHAR(255) NOT NULL, `u` VARCHAR(255) NOT NULL,
          """)
  void makesRoomForManyKeys(SqlDialect dialect, String expected) {
    DictMap map =
        DictMap.builder("priv/x/$a/$b/$c", "x")
            .valueField("v", ValueType.STRING)
            .keyField("a", "a")
            .keyField("b", "b")
            .keyField("c", "c")
            .usernameField("u")
            .build();

    assertThat(created(dialect, map)).contains("(" + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          MARIADB    | ALTER TABLE `m`.`t` ADD COLUMN `c` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT ''
          MYSQL      | ALTER TABLE `m`.`t` ADD COLUMN `c` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT ''
          POSTGRESQL | ALTER TABLE "m"."t" ADD COLUMN "c" VARCHAR(255) COLLATE "C" NOT NULL DEFAULT ''
          SQLITE     | ALTER TABLE `m`.`t` ADD COLUMN `c` VARCHAR(255) NOT NULL DEFAULT ''
          """)
  void addsAColumnOfAKey(SqlDialect dialect, String expected) {
    assertThat(new SchemaSql(dialect).addColumn("m.t", "c", ValueType.STRING, true))
        .isEqualTo(expected);
  }

  @Test
  void addsAColumnWithValues() {
    assertThat(new SchemaSql(SqlDialect.MYSQL).addColumn("t", "c", ValueType.UINT, false))
        .isEqualTo("ALTER TABLE `t` ADD COLUMN `c` BIGINT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          MARIADB    | ALTER TABLE `m`.`t` ADD PRIMARY KEY (`a`,`b`) | ALTER TABLE `m`.`t` ADD UNIQUE (`a`,`b`)   | ALTER TABLE `m`.`t` ADD INDEX (`b`)
          MYSQL      | ALTER TABLE `m`.`t` ADD PRIMARY KEY (`a`,`b`) | ALTER TABLE `m`.`t` ADD UNIQUE (`a`,`b`)   | ALTER TABLE `m`.`t` ADD INDEX (`b`)
          POSTGRESQL | ALTER TABLE "m"."t" ADD PRIMARY KEY ("a","b") | ALTER TABLE "m"."t" ADD UNIQUE ("a","b")   | CREATE INDEX ON "m"."t" ("b")
          SQLITE     | CREATE UNIQUE INDEX `m`.`t_a_b` ON `t` (`a`,`b`) | CREATE UNIQUE INDEX `m`.`t_a_b` ON `t` (`a`,`b`) | CREATE INDEX `m`.`t_b` ON `t` (`b`)
          """)
  void addsKeysAndIndexes(SqlDialect dialect, String primary, String unique, String index) {
    SchemaSql sql = new SchemaSql(dialect);

    assertThat(sql.addKey("m.t", List.of("a", "b"), true)).isEqualTo(primary);
    assertThat(sql.addKey("m.t", List.of("a", "b"), false)).isEqualTo(unique);
    assertThat(sql.addIndex("m.t", "b")).isEqualTo(index);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          MARIADB    | ALTER TABLE `t` MODIFY `c` BIGINT NOT NULL DEFAULT 0 COMMENT 'x'
          MYSQL      | ALTER TABLE `t` MODIFY `c` BIGINT NOT NULL DEFAULT 0 COMMENT 'x'
          POSTGRESQL | ALTER TABLE "t" ALTER COLUMN "c" TYPE BIGINT
          """)
  void widensAColumn(SqlDialect dialect, String expected) {
    ColumnShape column =
        new ColumnShape("c", "int(11)", "", true, " NOT NULL DEFAULT 0 COMMENT 'x'");
    ColumnChange change = new ColumnChange(column, Optional.of("BIGINT"), false, false, 1);

    assertThat(new SchemaSql(dialect).changeColumn("t", change)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          MARIADB    | ALTER TABLE `t` MODIFY `c` varchar(300) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT ''
          MYSQL      | ALTER TABLE `t` MODIFY `c` varchar(300) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT ''
          POSTGRESQL | ALTER TABLE "t" ALTER COLUMN "c" TYPE varchar(300) COLLATE "C"
          """)
  void givesAColumnACollation(SqlDialect dialect, String expected) {
    ColumnShape column =
        new ColumnShape("c", "varchar(300)", "utf8mb3_general_ci", false, " NOT NULL DEFAULT ''");
    ColumnChange change = new ColumnChange(column, Optional.empty(), false, true, 1);

    assertThat(new SchemaSql(dialect).changeColumn("t", change)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          MARIADB    | ALTER TABLE `t` MODIFY `c` BIGINT
          MYSQL      | ALTER TABLE `t` MODIFY `c` BIGINT
          POSTGRESQL | ALTER TABLE "t" ALTER COLUMN "c" DROP DEFAULT, ALTER COLUMN "c" TYPE BIGINT USING "c"::TEXT::BIGINT
          """)
  void convertsTextToNumbers(SqlDialect dialect, String expected) {
    ColumnShape column = new ColumnShape("c", "varchar(20)", "", true, " NOT NULL DEFAULT ''");
    ColumnChange change = new ColumnChange(column, Optional.of("BIGINT"), true, false, 1);

    assertThat(new SchemaSql(dialect).changeColumn("t", change)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          MARIADB    | ALTER TABLE `t` MODIFY `c` BIGINT;UPDATE `t` SET `c`=UNIX_TIMESTAMP(`c`)*1000 WHERE `c` BETWEEN 19700101 AND 99991231 OR `c` BETWEEN 19700101000000 AND 99991231235959
          MYSQL      | ALTER TABLE `t` MODIFY `c` BIGINT;UPDATE `t` SET `c`=UNIX_TIMESTAMP(`c`)*1000 WHERE `c` BETWEEN 19700101 AND 99991231 OR `c` BETWEEN 19700101000000 AND 99991231235959
          POSTGRESQL | ALTER TABLE "t" ALTER COLUMN "c" DROP DEFAULT, ALTER COLUMN "c" TYPE BIGINT USING (EXTRACT(EPOCH FROM "c")*1000)::BIGINT
          """)
  void convertsTimesToNumbers(SqlDialect dialect, String expected) {
    ColumnShape column = new ColumnShape("c", "timestamp", "", true, " NULL");
    ColumnChange change = new ColumnChange(column, Optional.of("BIGINT"), true, false, 1000);

    assertThat(String.join(";", new SchemaSql(dialect).changeColumn("t", change)))
        .isEqualTo(expected);
  }

  @Test
  void makesASqliteTableAnew() {
    String create =
        """
        CREATE TABLE "last login"(
          [user] TEXT COLLATE NOCASE NOT NULL DEFAULT ', (', -- the mailbox, as it (
          imap REAL /* , */ CHECK (imap > 0 AND length('it''s, )') > 1), "note",
          PRIMARY KEY ("user")
        ) WITHOUT ROWID""";
    SqliteDefinition definition =
        SqliteDefinition.of(create, List.of("CREATE INDEX i ON \"last login\"(imap)"))
            .orElseThrow();
    List<ColumnShape> columns =
        List.of(
            new ColumnShape("user", "TEXT", "NOCASE", false, ""),
            new ColumnShape("imap", "REAL", "", true, ""),
            new ColumnShape("note", "", "", true, ""));
    TableShape shape =
        new TableShape(columns, List.of(), Optional.of(definition), Optional.empty());

    assertThat(definition.collation("user")).isEqualTo("NOCASE");
    assertThat(definition.collation("imap")).isEmpty();
    assertThat(
            new SchemaSql(SqlDialect.SQLITE)
                .rebuild(
                    "m.last",
                    shape,
                    Map.of("user", "TEXT", "imap", "BIGINT"),
                    Map.of("pop3", ColumnNeed.of(ValueType.UINT))))
        .containsExactly(
            "PRAGMA foreign_keys=OFF",
            "BEGIN IMMEDIATE",
            """
            CREATE TABLE `m`.`last_new` (`pop3` BIGINT,
              [user] TEXT COLLATE BINARY NOT NULL DEFAULT ', (', -- the mailbox, as it (
              imap BIGINT CHECK (imap > 0 AND length('it''s, )') > 1), "note",
              PRIMARY KEY ("user")
            ) WITHOUT ROWID""",
            "INSERT INTO `m`.`last_new` (`user`,`imap`,`note`)"
                + " SELECT `user`,`imap`,`note` FROM `m`.`last`",
            "DROP TABLE `m`.`last`",
            "ALTER TABLE `m`.`last_new` RENAME TO `last`",
            "CREATE INDEX i ON \"last login\"(imap)",
            "COMMIT",
            "PRAGMA foreign_keys=ON");
  }

  @Test
  void knowsNoColumnsOfAVirtualTableOrAView() {
    assertThat(SqliteDefinition.of("CREATE VIRTUAL TABLE t USING fts5(a, b)", List.of())).isEmpty();
    assertThat(SqliteDefinition.of("CREATE VIEW v (a, b) AS SELECT c, d FROM t", List.of()))
        .isEmpty();
  }
}
