package org.lastlogin.dictd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.SqlDriver;

/** Output and exit status of {@code lastlogin-dictd convert}. */
class ConvertCommandTest {
  private static final String CONNECT =
      "host=127.0.0.1 dbname=vmail user=vmailadmin password=my_secret_password";

  @TempDir Path directory;

  private String file(String name, String text) throws IOException {
    return DictFiles.write(directory.resolve(name), text).toString();
  }

  private String mapFile(String connect) throws IOException {
    return file("maps.conf", DictFiles.tutorialMaps(connect));
  }

  private static DictDefinition read(String text) {
    return DictConfig.parse(text, "converted.conf").onlyDict();
  }

  @Test
  void aMapFileBecomesAMainConfiguration() throws Exception {
    String file = mapFile(CONNECT);
    Ran ran = Ran.with("convert", "--to", "2.4", "--name", "logins", "--driver", "pgsql", file);

    assertThat(ran.status()).as(ran.err()).isEqualTo(ExitStatus.OK);
    assertThat(ran.err()).isEmpty();
    assertThat(read(ran.out()))
        .isEqualTo(DictConfig.read(Path.of(file)).named("logins", SqlDriver.PGSQL).onlyDict());
  }

  @Test
  void whatAMapFileDoesNotSayIsAssumedAloud() throws Exception {
    Ran ran = Ran.with("convert", "--to=2.4", mapFile(CONNECT + " port=5432"));

    assertThat(ran.err())
        .isEqualTo(
            "lastlogin-dictd convert: a map file does not name its driver; assuming --driver pgsql\n");
    assertThat(read(ran.out()).driver()).contains(SqlDriver.PGSQL);
    assertThat(read(ran.out()).name()).contains("lastlogin");
  }

  @Test
  void thereAndBackAgainItSaysTheSame() throws Exception {
    for (String connect : new String[] {CONNECT, CONNECT + " port=5432", "/var/lib/l.sqlite"}) {
      String file = mapFile(connect);
      String main = file("dovecot.conf", Ran.with("convert", "--to", "2.4", file).out());
      assertThat(Ran.with("check", main))
          .isEqualTo(new Ran(0, main + ": dict lastlogin, 4 maps: no errors\n", ""));

      Ran back = Ran.with("convert", "--to", "2.3", main);

      assertThat(back.status()).as(back.err()).isEqualTo(ExitStatus.OK);
      assertThat(back.err()).isEmpty();
      assertThat(read(back.out())).isEqualTo(DictConfig.read(Path.of(file)).onlyDict());
    }
  }

  @Test
  void theDocumentationShowsWhatItDoes() throws Exception {
    String text = Files.readString(Path.of("../../docs/convert.md"));
    String[] blocks = text.split("```\\w*\n", -1);

    Ran ran = Ran.with("convert", "--to", "2.4", file("dovecot-last-login.conf", blocks[3]));

    assertThat(ran.out()).isEqualTo(blocks[5]);
  }

  @Test
  void aMapFileCanBeWrittenAnew() throws Exception {
    String file = mapFile(CONNECT);
    Ran ran = Ran.with("convert", "--to", "2.3", file);

    assertThat(ran.err()).isEmpty();
    assertThat(read(ran.out())).isEqualTo(DictConfig.read(Path.of(file)).onlyDict());
  }

  @Test
  void oneOfSeveralDictsIsChosenByItsName() throws Exception {
    String main = file("dovecot.conf", twoDicts());

    Ran ran = Ran.with("convert", "--to", "2.3", "--name", "b", main);
    assertThat(ran.status()).as(ran.err()).isEqualTo(ExitStatus.OK);
    assertThat(read(ran.out()).maps().asList()).hasSize(1);
    assertThat(ran.out()).contains("shared/b/");

    assertUsage(
        "a map file has one dict, and " + main + " has [a, b]: choose one with --name",
        "--to",
        "2.3",
        main);
    Ran missing = Ran.with("convert", "--to", "2.3", "--name", "c", main);
    assertThat(missing.status()).isEqualTo(ExitStatus.CONFIG);
    assertThat(missing.err()).contains("There is no SQL dict named c in it; there are [a, b]");
    assertThat(DictConfig.parse(Ran.with("convert", "--to", "2.4", main).out(), "x").dicts())
        .extracting(DictDefinition::name)
        .containsExactly(Optional.of("a"), Optional.of("b"));
  }

  private static String twoDicts() {
    String dict =
        """
          dict %1$s {
            driver = sql
            sql_driver = sqlite
            sqlite_path = /var/lib/%1$s.sqlite
            dict_map shared/%1$s/$user {
              sql_table = %1$s
              value_field v {
              }
              key_field username {
                value = $user
              }
            }
          }
        """;
    return "dovecot_config_version = 2.4.0\ndict_server {\n"
        + dict.formatted("a")
        + dict.formatted("b")
        + "}\n";
  }

  @Test
  void errorsAndWarningsGoToStandardError() throws Exception {
    Ran warned = Ran.with("convert", "--to", "2.4", mapFile(CONNECT + " dbname=other"));
    assertThat(warned.status()).isEqualTo(ExitStatus.OK);
    assertThat(warned.err())
        .contains("maps.conf:3:83: warning: ")
        .contains("wice")
        .doesNotContain("secret");
    assertThat(read(warned.out()).name()).contains("lastlogin");

    Ran wrong = Ran.with("convert", "--to", "2.4", file("a.conf", "map {\n  patern = x\n}\n"));
    assertThat(wrong.status()).isEqualTo(ExitStatus.CONFIG);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).contains("a.conf:2:3: error: Unknown setting: patern");

    Ran missing = Ran.with("convert", "--to", "2.4", directory.resolve("no.conf").toString());
    assertThat(missing.status()).isEqualTo(ExitStatus.CONFIG);
    assertThat(missing.err()).contains("no.conf: error: Cannot read this file");
  }

  @Test
  void aSettingWithoutEquivalentIsAnError() throws Exception {
    String text = twoDicts().replace("sql_table = b", "sql_table = b\n      expire_field = e");
    Ran ran = Ran.with("convert", "--to", "2.3", "--name", "b", file("dovecot.conf", text));

    assertThat(ran.status()).isEqualTo(ExitStatus.CONFIG);
    assertThat(ran.err()).contains("error: Dovecot 2.3 has no expire_field");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void saysHowItIsUsed() throws Exception {
    String main = file("dovecot.conf", twoDicts());

    assertThat(Ran.with("convert", "--help").out())
        .startsWith("Usage: lastlogin-dictd convert [-hV] ")
        .contains("  78   the file cannot be read");
    assertUsage("Missing required option: '--to=VERSION'", main);
    assertUsage("Missing required parameter: 'FILE'", "--to", "2.4");
    assertUsage(
        "Invalid value for option '--to': '2.2' is neither 2.4 nor 2.3", "--to", "2.2", main);
    assertUsage(
        "Invalid value for option '--driver': 'oracle' is not mysql, pgsql or sqlite",
        "--to",
        "2.4",
        "--driver",
        "oracle",
        main);
    assertUsage(
        "--driver needs a map file, and " + main + " is a main configuration; omit --driver",
        "--to",
        "2.4",
        "--driver",
        "mysql",
        main);
    assertUsage(
        "--name needs a map file or --to 2.3, and "
            + main
            + " is a main configuration; omit --name",
        "--to",
        "2.4",
        "--name",
        "a",
        main);
  }

  private static void assertUsage(String message, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "convert";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    assertThat(Ran.with(all))
        .isEqualTo(
            new Ran(
                ExitStatus.USAGE, "", "lastlogin-dictd convert: " + message + " (try --help)\n"));
  }
}
