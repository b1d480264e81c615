package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectSettingsTest {

  @Test
  void consistsOfPairs() {
    ConnectSettings connect =
        ConnectSettings.parse("host=localhost  port=3306\tdbname=vmail user=");

    DatabaseServer server = only(connect);
    assertThat(server.names()).containsExactly("host", "port", "dbname", "user");
    assertThat(server.get("host")).contains("localhost");
    assertThat(server.get("user")).contains("");
    assertThat(server.get("password")).isEmpty();
  }

  private static DatabaseServer only(ConnectSettings connect) {
    assertThat(connect.servers()).hasSize(1);
    return connect.servers().get(0);
  }

  @Test
  void namesOneServerForEachHost() {
    ConnectSettings connect =
        ConnectSettings.parse("host=one port=1 host=two host=/run/three.sock user=u");

    assertThat(connect.servers())
        .extracting(server -> server.get("host").orElseThrow())
        .containsExactly("one", "two", "/run/three.sock");
    assertThat(connect.servers())
        .allSatisfy(server -> assertThat(server.get("port")).contains("1"))
        .allSatisfy(server -> assertThat(server.get("user")).contains("u"));
  }

  @Test
  void lastOfTwoValuesCounts() {
    DictConfig config = DictConfig.parse("connect = port=1 port=2 user=u port=3", "f");

    assertThat(only(config.requireConnect()).get("port")).contains("3");
    assertThat(config.warnings()).extracting(Diagnostic::column).containsExactly(18, 32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a#b", "a=b==", "it's", "a\"b\"", "ü€\\n", "$ENV:NO", "{}", ",;"})
  void passwordMayHoldAnyCharacter(String password) {
    assertThat(only(ConnectSettings.parse("password=" + password + " user=u")).get("password"))
        .contains(password);
    assertThat(
            only(DictConfig.parse("connect = password=" + password + " user=u", "f")
                    .requireConnect())
                .get("password"))
        .contains(password);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "'two words', two words",
        "\"two words\", two words",
        "'it\\'s', it's",
        "\"it's\", it's",
        "\"back\\\\slash\", back\\slash",
        "'#', #",
        "'', ``",
      })
  void valueMayStandInQuotes(String quoted, String value) {
    assertThat(only(ConnectSettings.parse("password=" + quoted + " user=u")).get("password"))
        .contains(value);
    assertThat(
            DictConfig.parse("connect = password=" + quoted + " user=u # comment", "f")
                .connect()
                .orElseThrow())
        .isEqualTo(ConnectSettings.parse("password=" + quoted + " user=u"));
  }

  @Test
  void allOfItMayStandInQuotes() {
    ConnectSettings connect =
        DictConfig.parse("connect = \"host=h password='a # b' user=\\\"u v\\\"\"", "f")
            .connect()
            .orElseThrow();

    assertThat(only(connect).get("password")).contains("a # b");
    assertThat(only(connect).get("user")).contains("u v");
  }

  @Test
  void beginsWithAPathForSqlite() {
    ConnectSettings connect =
        ConnectSettings.parse("/var/lib/a=b/my dicts.sqlite journal_mode=wal");

    assertThat(only(connect).get(ConnectSettings.PATH)).contains("/var/lib/a=b/my dicts.sqlite");
    assertThat(only(connect).get("journal_mode")).contains("wal");
    assertThat(only(ConnectSettings.parse("/x.sqlite")).get("path")).contains("/x.sqlite");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "host = localhost", "host=a stray", "password='open", "password='a'b user=u"})
  void rejectsWhatIsNoPair(String value) {
    assertThatThrownBy(() -> ConnectSettings.parse(value))
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.diagnostics()).hasSize(1));
  }

  @Test
  void isAValue() {
    assertThat(ConnectSettings.parse("host=a  user=b"))
        .isEqualTo(ConnectSettings.parse("host=a user=b"))
        .hasSameHashCodeAs(ConnectSettings.parse("host=a user=b"))
        .isEqualTo(ConnectSettings.parse("user=b host=a"))
        .isEqualTo(ConnectSettings.of(List.of(Map.of("host", "a", "user", "b"))))
        .isNotEqualTo(ConnectSettings.parse("host=a user=c"));
  }

  @Test
  void diagnosticsPointAtSettings() {
    DatabaseServer server = ConnectSettings.parse("hots=db user=u").servers().get(0);
    Diagnostic error = Diagnostic.error(server.origin("hots"), "Unknown setting: hots");

    assertThat(error.withSuggestion("hots", Set.of("host", "port")).render())
        .startsWith("connect:1:1: error: Unknown setting: hots\n")
        .endsWith("hint: Did you mean host?");
    assertThat(error.withSuggestion("hots", Set.of("port")).hint()).isEmpty();
    assertThat(Diagnostic.warning(server.origin("user"), "Not a user").render())
        .startsWith("connect:1:9: warning: Not a user\n");
    assertThat(server.origin("port")).as("not set").isEqualTo(server.origin("hots"));
  }

  @Test
  void diagnosticsNameSettingsThatAreInNoFile() {
    DatabaseServer server = DatabaseServer.of(Map.of("port", "x"));

    assertThat(Diagnostic.error(server.origin("port"), "Not a port").render())
        .isEqualTo("connect: error: port: Not a port");
    assertThat(Diagnostic.error(server.origin(), "Not a server").render())
        .isEqualTo("connect: error: Not a server");
  }

  @Test
  void exceptionReportsEachErrorOnce() {
    DatabaseServer server = ConnectSettings.parse("host=db port=x").servers().get(0);
    Diagnostic port = Diagnostic.error(server.origin("port"), "Not a port");
    Diagnostic host = Diagnostic.error(server.origin("host"), "Not a host");

    assertThat(ConfigException.of(List.of(port, host, port)).diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly("Not a port", "Not a host");
    assertThatIllegalArgumentException().isThrownBy(() -> ConfigException.of(List.of()));
  }
}
