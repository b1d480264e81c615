package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/** {@code --check} of tables. */
class TablesCheckTest {
  private static final String FITTING =
      "CREATE TABLE last_login (username VARCHAR(255) PRIMARY KEY, domain VARCHAR(255),"
          + " imap BIGINT, pop3 BIGINT, lda BIGINT)";

  @TempDir Path directory;

  private TestDatabase database;

  @BeforeEach
  void createDatabase() {
    database = TestDatabases.SQLITE.create();
  }

  private String option() throws Exception {
    return DictFiles.option(database, DictFiles.write(directory, database));
  }

  private Ran check() throws Exception {
    return Ran.with("--check", "--dict", option());
  }

  private void repairAsPrinted(Ran ran) throws Exception {
    for (String line : ran.out().lines().toList()) {
      if (line.startsWith("    ")) {
        database.execute(line);
      }
    }
  }

  /** The example of docs/check.md. */
  @Test
  void warnsAboutTheTutorialsTable() throws Exception {
    database = TestDatabases.MARIADB.create();
    database.execute(DictFiles.resource("tutorial-mysql.sql"));
    Ran ran = check();

    assertThat(ran.status()).isEqualTo(ExitStatus.WARNINGS);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .startsWith("dict lastlogin: 4 maps, connected to MariaDB")
        .endsWith(
            """
            dict lastlogin: last_login.imap: warning: int(11) has room for times in seconds until 2038-01-19T03:14:07Z
                ALTER TABLE `last_login` MODIFY `imap` BIGINT DEFAULT NULL;
            dict lastlogin: last_login.pop3: warning: int(11) has room for times in seconds until 2038-01-19T03:14:07Z
                ALTER TABLE `last_login` MODIFY `pop3` BIGINT DEFAULT NULL;
            dict lastlogin: last_login.lda: warning: int(11) has room for times in seconds until 2038-01-19T03:14:07Z
                ALTER TABLE `last_login` MODIFY `lda` BIGINT DEFAULT NULL;
            dict lastlogin: last_login.username: warning: the collation utf8mb3_general_ci may take Alice and alice for the same name, and their rows for one
                ALTER TABLE `last_login` MODIFY `username` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '';
            """);
    repairAsPrinted(ran);
    assertThat(check().status()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void reportsWhatKeepsADictFromBeingServed() throws Exception {
    database.execute("CREATE TABLE other (k TEXT)");
    Ran ran = check();

    assertThat(ran.status()).isEqualTo(ExitStatus.CONFIG);
    assertThat(ran.out())
        .contains(
            "dict lastlogin: last_login: error: there is no such table, or the user may not see it\n"
                + "    CREATE TABLE IF NOT EXISTS `last_login` (")
        .endsWith("(--create-tables creates missing tables)\n");
    repairAsPrinted(ran);
    assertThat(check().status()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void hasTheStatusOfTheWorst() throws Exception {
    database.execute(FITTING);
    String good = option();
    Path file =
        DictFiles.write(
            directory.resolve("none.conf"), DictFiles.tutorialMaps(directory + "/none.sqlite"));

    assertThat(Ran.with("--check", "--dict", good, "--dict", "b=sqlite:" + file))
        .extracting(Ran::status, ran -> ran.out().contains("dict lastlogin: 4 maps"))
        .containsExactly(ExitStatus.UNAVAILABLE, true);
    database.execute("ALTER TABLE last_login DROP COLUMN lda");
    assertThat(Ran.with("--check", "--dict", "b=sqlite:" + file, "--dict", good).status())
        .isEqualTo(ExitStatus.CONFIG);
  }

  /** Returns one of Dovecot 2.4 with a dict in PostgreSQL. */
  private String mainConfiguration(String precision, String maps) {
    return """
        dovecot_config_version = 2.4.0
        last_login_precision = %s
        dict_server {
          dict lastlogin {
            driver = sql
            sql_driver = pgsql
            pgsql %s {
              parameters {
                port = %d
                dbname = %s
                user = %s
                password = %s
              }
            }
        %s
          }
        }
        """
        .formatted(
            precision,
            database.host(),
            database.port(),
            database.name(),
            database.user(),
            database.password(),
            maps);
  }

  @Test
  void knowsTheUnitOfTimesOutOfTheMainConfiguration() throws Exception {
    database = TestDatabases.POSTGRESQL.create();
    database.execute(FITTING.replace("lda BIGINT", "lda INTEGER"));
    String map =
        """
        dict_map shared/last-login/lmtp/$user/$domain {
          sql_table = last_login
          value_field lda {
            type = uint
          }
          key_field username {
            value = $user
          }
          key_field domain {
            value = $domain
          }
        }
        """;
    Ran ran =
        Ran.with(
            "--check",
            "--dict",
            "lastlogin=dovecot:" + MainFiles.write(directory, mainConfiguration("ms", map)));

    assertThat(ran.status()).as(ran.err()).isEqualTo(ExitStatus.CONFIG);
    assertThat(ran.out())
        .endsWith(
            """
            dict lastlogin: last_login.lda: error: integer has no room for a time of today in milliseconds
                ALTER TABLE "last_login" ALTER COLUMN "lda" TYPE BIGINT;
            """);
  }

  @Test
  void takesTheUnitOfTheTimesOfAMapFile() throws Exception {
    database = TestDatabases.POSTGRESQL.create();
    database.execute(FITTING.replace("lda BIGINT", "lda INTEGER"));

    Ran ran = Ran.with("--check", "--precision", "ms", "--dict", option());

    assertThat(ran.status()).as(ran.err()).isEqualTo(ExitStatus.CONFIG);
    assertThat(ran.out())
        .contains("last_login.lda: error: integer has no room for a time of today in milliseconds");
  }

  /** The check looks up a key of each map, which must have the right type. */
  @Test
  void looksUpKeysOfEveryType() throws Exception {
    database = TestDatabases.POSTGRESQL.create();
    StringBuilder maps = new StringBuilder();
    for (String type : List.of("string", "uint", "int", "double", "hexblob", "uuid")) {
      maps.append(
          """
          dict_map shared/%1$s/$k {
            sql_table = by_%1$s
            value_field v {
            }
            key_field k {
              type = %1$s
              value = $k
            }
          }
          """
              .formatted(type));
    }
    Path file = MainFiles.write(directory, mainConfiguration("s", maps.toString()));

    Ran ran = Ran.with("--check", "--create-tables", "--dict", "lastlogin=dovecot:" + file);

    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).as(ran.out()).isEqualTo(ExitStatus.OK);
  }
}
