package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectStringTest {

  @Test
  void consistsOfPairs() {
    ConnectString connect = ConnectString.parse("host=localhost  port=3306\tdbname=vmail user=");

    assertThat(connect.names()).containsExactly("host", "port", "dbname", "user");
    assertThat(connect.first("host")).contains("localhost");
    assertThat(connect.first("user")).contains("");
    assertThat(connect.first("password")).isEmpty();
    assertThat(connect.leadingPath()).isEmpty();
  }

  @Test
  void keepsNamesThatRepeatInTheirOrder() {
    ConnectString connect = ConnectString.parse("host=one port=1 host=two host=/run/three.sock");

    assertThat(connect.names()).containsExactly("host", "port");
    assertThat(connect.all("host")).containsExactly("one", "two", "/run/three.sock");
    assertThat(connect.all("user")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a#b", "a=b==", "it's", "a\"b\"", "ü€\\n", "$ENV:NO", "{}", ",;"})
  void passwordMayHoldAnyCharacter(String password) {
    assertThat(ConnectString.parse("password=" + password + " user=u").first("password"))
        .contains(password);
    assertThat(
            DictConfig.parse("connect = password=" + password + " user=u", "f")
                .connect()
                .orElseThrow()
                .first("password"))
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
    assertThat(ConnectString.parse("password=" + quoted + " user=u").first("password"))
        .contains(value);
    assertThat(
            DictConfig.parse("connect = password=" + quoted + " user=u # comment", "f")
                .connect()
                .orElseThrow())
        .isEqualTo(ConnectString.parse("password=" + quoted + " user=u"));
  }

  @Test
  void allOfItMayStandInQuotes() {
    ConnectString connect =
        DictConfig.parse("connect = \"host=h password='a # b' user=\\\"u v\\\"\"", "f")
            .connect()
            .orElseThrow();

    assertThat(connect.first("password")).contains("a # b");
    assertThat(connect.first("user")).contains("u v");
  }

  @Test
  void beginsWithAPathForSqlite() {
    ConnectString connect = ConnectString.parse("/var/lib/a=b/my dicts.sqlite journal_mode=wal");

    assertThat(connect.leadingPath()).contains("/var/lib/a=b/my dicts.sqlite");
    assertThat(connect.names()).containsExactly("journal_mode");
    assertThat(ConnectString.parse("/x.sqlite").leadingPath()).contains("/x.sqlite");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "host = localhost", "host=a stray", "password='open", "password='a'b user=u"})
  void rejectsWhatIsNoPair(String value) {
    assertThatThrownBy(() -> ConnectString.parse(value))
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.diagnostics()).hasSize(1));
  }

  @Test
  void isAValue() {
    assertThat(ConnectString.parse("host=a  user=b"))
        .isEqualTo(ConnectString.parse("host=a user=b"))
        .hasSameHashCodeAs(ConnectString.parse("host=a user=b"))
        .isNotEqualTo(ConnectString.parse("user=b host=a"));
  }
}
