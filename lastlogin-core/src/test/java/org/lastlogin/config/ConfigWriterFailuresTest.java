package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.ValueType;

/** What a format has no words for. */
class ConfigWriterFailuresTest {
  private static final DictMap MAP =
      DictMap.builder("shared/x", "t").valueField("v", ValueType.STRING).build();

  private static DictDefinition.Builder dict() {
    return DictDefinition.builder().name("d").driver(SqlDriver.MYSQL);
  }

  private static String mapFileFailure(DictDefinition dict) {
    return failure(dict, ConfigFormat.DOVECOT_2_3);
  }

  private static String failure(DictDefinition dict, ConfigFormat format) {
    try {
      return ConfigWriter.write(dict, format);
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void mapFileHasNoTypesOfDovecot24AndNothingExpires() {
    DictMap map =
        DictMap.builder("shared/$a", "t")
            .expireField("e")
            .valueField("v", ValueType.DOUBLE)
            .keyField("a", "a", ValueType.UUID)
            .build();

    assertThat(mapFileFailure(dict().maps(List.of(map)).build()))
        .isEqualTo(
            """
            dict d: error: Dovecot 2.3 has no expire_field: rows would never expire
            dict d: error: Dovecot 2.3 has no type double
            dict d: error: Dovecot 2.3 has no type uuid""");
  }

  @Test
  void failurePointsAtWhatCannotBeWritten() {
    DictConfig config =
        DictConfig.parse(
            """
            dict_server {
              dict d {
                driver = sql
                sql_driver = mysql
                dict_map shared/x {
                  sql_table = t
                  value_field v {
                    type = double
                  }
                }
              }
            }
            """,
            "test.conf");

    assertThatThrownBy(() -> ConfigWriter.write(config, ConfigFormat.DOVECOT_2_3))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("test.conf:7:19: error: Dovecot 2.3 has no type double");
  }

  @Test
  void serversOfAMapFileDifferInTheirHostsOnly() {
    ConnectSettings connect =
        ConnectSettings.of(
            List.of(
                Map.of("host", "one", "port", "1"), Map.of("host", "two", "port", "2"), Map.of()));

    assertThat(mapFileFailure(dict().connect(connect).build()))
        .contains("error: Dovecot 2.3 has one port for all servers; only their hosts can differ")
        .contains("error: Dovecot 2.3 tells servers apart by their host, and one of them has none");
  }

  @Test
  void connectHasNoOtherNamesThanDovecotKnows() {
    assertThat(connectFailure(Map.of("ssl", "maybe"))).contains("yes or no as the value of ssl");
    assertThat(connectFailure(Map.of("sslmode", "x"))).contains("no setting sslmode for MySQL");
    assertThat(connectFailure(Map.of("a b", "c"))).contains("consists of letters, digits and _");
    assertThat(connectFailure(Map.of("path", "/a b=c"))).contains("cannot be distinguished from");
    assertThat(connectFailure(Map.of("path", "'/a'"))).doesNotContain("error");
  }

  private static String connectFailure(Map<String, String> server) {
    return mapFileFailure(dict().connect(ConnectSettings.of(List.of(server))).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing but comments\n", "dovecot_config_version = 2.4.0\n"})
  void emptyFileIsNotWritten(String text) {
    DictConfig config = DictConfig.parse(text, "test.conf");

    for (ConfigFormat format : ConfigFormat.values()) {
      assertThatThrownBy(() -> ConfigWriter.write(config, format))
          .isInstanceOf(ConfigException.class)
          .hasMessage("test.conf: error: There is no dict in this file");
    }
  }

  @Test
  void socketsPathHasNoColonInDovecot23() {
    DictConfig config =
        DictConfig.parse(
            """
            protocol imap {
            mail_plugins/last_login = yes
            }
            last_login {
            dict proxy {
            name = d
            socket_path = /run/a:b
            }
            }
            dict_server {
            dict d {
            driver = sql
            sql_driver = mysql
            }
            }
            """,
            "test.conf");

    assertThat(ConfigWriter.write(config, ConfigFormat.DOVECOT_2_3).get(0).warnings())
        .singleElement()
        .extracting(Diagnostic::message)
        .asString()
        .isEqualTo("Dovecot 2.3 takes the path of the socket to end at its first colon: /run/a:b");
  }

  @Test
  void mapFileHasNoCommaInTheNameOfAColumn() {
    DictMap map = DictMap.builder("shared/x", "t").valueField("a,b", ValueType.UINT).build();

    assertThat(mapFileFailure(dict().maps(List.of(map)).build())).contains("a comma between");
  }

  @Test
  void mapFileHasOneVariableForAColumn() {
    DictMap map =
        DictMap.builder("shared/$a/$b", "t")
            .valueField("v", ValueType.UINT)
            .keyField("c", "a")
            .keyField("c", "b")
            .build();

    assertThat(mapFileFailure(dict().maps(List.of(map)).build()))
        .contains("Dovecot 2.3 has one variable for a column: c");
  }

  @ParameterizedTest
  @EnumSource
  void noFormatHasLineBreaks(ConfigFormat format) {
    ConnectSettings connect = ConnectSettings.of(List.of(Map.of("password", "two\nlines")));

    assertThat(failure(dict().connect(connect).build(), format))
        .isEqualTo(
            "dict d: error: The value of password holds a line break or another control character:"
                + " no format has these");
  }

  @Test
  void mainConfigurationNamesEveryDict() {
    DictDefinition dict = DictDefinition.builder().maps(List.of(MAP)).build();

    assertThat(failure(dict, ConfigFormat.DOVECOT_2_4))
        .contains("names every dict, and this one has no name")
        .contains("in which database a dict lies");
    assertThat(failure(dict.named("d", SqlDriver.PGSQL), ConfigFormat.DOVECOT_2_4))
        .startsWith("dict_server {\n  dict d {\n");
    assertThat(failure(dict.named("\"", SqlDriver.PGSQL), ConfigFormat.DOVECOT_2_4))
        .contains("The name of a dict cannot hold a quote");
  }
}
