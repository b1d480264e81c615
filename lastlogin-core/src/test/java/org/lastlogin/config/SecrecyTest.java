package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords are never shown, least of all when something is wrong with the line they stand in. */
class SecrecyTest {
  private static final String MAP =
      """

      map {
        pattern = shared/x
        tabel = t
        value_field = v
      }
      """;

  private static final String MAIN =
      """
      dict_server {
        dict lastlogin {
          driver = sql
          sql_driver = mysql
          mysql localhost {
            user = u
      %s
            dbname = vmail
          }
          dict_map shared/x {
            %s = t
            value_field v {
            }
          }
        }
      }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connect = host=localhost password=hunter2 user=u",
        "connect = host=localhost password=hunter2#x=y'z user=u",
        "connect = host=localhost password=\"hunter2 'n\\\" hunter2\" user=u",
        "connect = \"host=localhost password='hunter2 hunter2' user=u\"",
        "connect = host=localhost \\\n # here it comes\n password=hunter2",
        "connect = pgsql://u:hunter2@localhost/db",
        "connect = host=localhost dbname=mysql://u:hunter2@host/db",
      })
  void oneWrongCharacterRevealsNothing(String connect) {
    for (int i = 0; i < connect.length(); i++) {
      assertHidden(new StringBuilder(connect).deleteCharAt(i).toString());
      for (char wrong : "\"'\\#= {}$x\t".toCharArray()) {
        assertHidden(new StringBuilder(connect).insert(i, wrong).toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connect = host=localhost user=u password=hunter2",
        "connect = \"host=localhost password=hunter2 hunter2 user=u\"",
        "connect = host=localhost password='hunter2{ hunter2=x' user=u",
        "connect = host=localhost password=hunter2}hunter2#hunter2 user=u",
      })
  void lineFeedRevealsNothing(String connect) {
    for (int i = connect.indexOf("password"); i < connect.length(); i++) {
      for (String feed : List.of("\n", "\n\n  # a comment\n", "=\n", "\r\n\"", "\0", "\n}\n")) {
        assertHidden(connect.substring(0, i) + feed + connect.substring(i), "unter", "nter2");
      }
    }
  }

  private static void assertHidden(String connect, String... parts) {
    assertThat(shown(connect + MAP)).doesNotContain(parts);
    assertThat(shown(connect + MAP.replace("tabel", "table"))).doesNotContain(parts);
  }

  private static void assertHidden(String connect) {
    assertThat(shown(connect + MAP)).doesNotContain("hunter");
    assertThat(shown(connect + MAP.replace("tabel", "table"))).doesNotContain("hunter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password = hunter2",
        "  password=hunter2 # hunter2",
        "password = \"hunter2 # hun hunter2\" # hunter2",
        "password = 'hunter2 \\'hunter2'",
        "mysql_password = hunter2 hunter2",
        "mysql_password=hunter2",
        "password = \\\n  hunter2",
        "password = hunter2 \\\n  hunter2",
        "\"password\" = hunter2",
        "option_file = mysql://u:hunter2@host/db",
      })
  void oneWrongCharacterInAMainConfigurationRevealsNothing(String password) {
    for (int i = 0; i < password.length(); i++) {
      assertHiddenInBlock(new StringBuilder(password).deleteCharAt(i).toString());
      for (char wrong : "\"'\\#= {}$<%x\t\n".toCharArray()) {
        assertHiddenInBlock(new StringBuilder(password).insert(i, wrong).toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl = yes password = hunter2",
        "ssl = yes password=hunter2",
        "connect_timeout = 5s password=hunter2",
        "connect_timeout = 5s password = hunter2",
        "port = 3306 password = hunter2",
        "user = u password=hunter2",
        "user = u;password=hunter2",
      })
  void pairBehindAnotherRevealsNothing(String pairs) {
    forEachWrongCharacter(pairs, SecrecyTest::assertHiddenInBlock);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  sql_driver = mysql password=hunter2",
        "  sql_driver = mysql password = hunter2",
        "  driver = sql password = hunter2",
      })
  void pairBehindADriverRevealsNothing(String pairs) {
    forEachWrongCharacter(
        pairs, wrong -> assertThat(shown("dict x {\n" + wrong + "\n}")).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connect = host=h port=3306password=hunter2",
        "connect = host=h port=3306,password=hunter2 user=u",
        "connect = host=h;password=hunter2",
        "connect = dbname=vmail;pwd=hunter2",
        "connect = host=h sslpassword=hunter2",
      })
  void pairWithoutASpaceBeforeItRevealsNothing(String connect) {
    forEachWrongCharacter(connect, SecrecyTest::assertHidden);
  }

  private static void forEachWrongCharacter(String text, Consumer<String> check) {
    check.accept(text);
    for (int i = text.indexOf('=') + 1; i < text.length(); i++) {
      check.accept(new StringBuilder(text).deleteCharAt(i).toString());
      for (char wrong : "\"'\\#= {}$<%x\t\n".toCharArray()) {
        check.accept(new StringBuilder(text).insert(i, wrong).toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host=h;pwd=hunter2",
        "dbname=vmail;pwd=hunter2",
        "sslpasword=hunter2",
        "ssl_pwd=hunter2",
        "option_x=hunter2",
        "user=u,pasword=hunter2",
      })
  void onlyKnownNamesAreShown(String connect) {
    assertThat(ConnectSettings.parse(connect).servers().get(0).toString())
        .doesNotContain("hunter2");
    assertHidden("connect = " + connect);
  }

  private static void assertHiddenInBlock(String password) {
    for (String table : new String[] {"sql_table", "sql_tabel"}) {
      String text = MAIN.formatted(password, table);
      assertThat(shown(text)).describedAs(text).doesNotContain("hunter2");
    }
  }

  @Test
  void parametersOfPgsqlAreHidden() {
    DictConfig config =
        DictConfig.parse(
            "dict sql {\nsql_driver = pgsql\npgsql h {\nparameters {\npassword = hunter2\n"
                + "pasword = hunter2\nsslpassword = hunter2\nuser = %{x}\n}\n}\n}",
            "dovecot.conf");

    assertThat(config + config.warnings().toString()).contains("user = %{x}");
    assertThat(config + config.warnings().toString()).doesNotContain("hunter");
    assertThat(config.requireConnect().servers().get(0).get("password")).contains("hunter2");
    Origin password = config.requireConnect().servers().get(0).origin("password");
    assertThat(Diagnostic.error(password, "Too short").render())
        .contains("password = *******")
        .doesNotContain("hunter");
  }

  /** Everything that the configuration says of itself, usable or not. */
  private static String shown(String text) {
    try {
      DictConfig config = DictConfig.parse(text, "test.conf", name -> null);
      return config
          + config.warnings().stream().map(Diagnostic::render).collect(Collectors.joining())
          + config.warnings();
    } catch (ConfigException e) {
      return e + e.diagnostics().toString() + e.warnings();
    }
  }

  @Test
  void showsAllThatIsNoSecret() {
    ConnectSettings connect =
        ConnectSettings.parse("host=h port=3306 dbname=d user=u password=hunter2 pasword=hunter2");

    assertThat(connect).hasToString("host=h port=3306 dbname=d user=u password=*** pasword=***");
    assertThat(connect.servers().get(0).get("password")).contains("hunter2");
  }

  @Test
  void failureThatPointsAtThePasswordDoesNotShowIt() {
    ConnectSettings connect =
        DictConfig.parse("connect = host=h password=\"hunter 2\"", "test.conf").connect().get();

    Origin password = connect.servers().get(0).origin("password");

    assertThat(Diagnostic.error(password, "It is too short").render())
        .isEqualTo(
            """
            test.conf:1:18: error: It is too short
                connect = host=h password=**********
                                 ^^^^^^^^^^^^^^^^^^^""");
  }

  @Test
  void environmentVariablesAreNotShown() {
    DictConfig config =
        DictConfig.parse(
            "connect = host=h $ENV:PAIR", "test.conf", name -> "password=hunter2 pass=hunter2");

    assertThat(config.requireConnect().servers().get(0).get("password")).contains("hunter2");
    assertThat(config.toString()).doesNotContain("hunter");
  }
}
