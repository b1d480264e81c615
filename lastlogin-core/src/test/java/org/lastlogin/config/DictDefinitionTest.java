package org.lastlogin.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lastlogin.map.DictMap;

/** Where the parts of dicts come from. */
class DictDefinitionTest {
  private static final DictDefinition READ =
      DictConfig.parse(
              """
              map {
                pattern = shared/last-login/imap/$user
                table = logins
                value_field = imap
                value_type = uint
                fields {
                  username = $user
                }
              }
              """,
              "dict.conf")
          .onlyDict();

  private static final DictMap MAP = READ.maps().asList().get(0);

  private static String at(Origin origin) {
    return origin.file() + ":" + origin.line() + ":" + origin.column();
  }

  @Test
  void knowsTheOriginsOfTablesAndColumns() {
    Origin map = READ.origin(MAP);

    assertThat(at(map)).isEqualTo("dict.conf:2:13");
    assertThat(at(map.part("logins"))).isEqualTo("dict.conf:3:11");
    assertThat(at(map.part("imap"))).isEqualTo("dict.conf:4:17");
    assertThat(at(map.part("username"))).isEqualTo("dict.conf:7:5");
    assertThat(at(map.part("none"))).as("no such part").isEqualTo(at(map));
    assertThat(at(READ.origin())).as("the file as a whole").isEqualTo("dict.conf:0:0");
  }

  @Test
  void diagnosticsShowTheLine() {
    assertThat(Diagnostic.error(READ.origin(MAP).part("logins"), "No such table").render())
        .isEqualTo(
            """
            dict.conf:3:11: error: No such table
                  table = logins
                          ^^^^^^""");
  }

  @Test
  void anEqualMapHasTheSameOrigin() {
    DictMap equal = DictDefinition.builder().maps(List.of(copy())).build().maps().asList().get(0);

    assertThat(equal).isEqualTo(MAP).isNotSameAs(MAP);
    assertThat(READ.origin(equal)).isEqualTo(READ.origin(MAP));
    assertThat(READ.named("d", SqlDriver.SQLITE).origin(MAP)).isEqualTo(READ.origin(MAP));
  }

  @Test
  void mapsThatAProgramMadeAreNamedInDiagnostics() {
    DictDefinition made = DictDefinition.builder().name("d").maps(List.of(MAP)).build();

    assertThat(Diagnostic.error(made.origin(MAP).part("logins"), "No such table").render())
        .isEqualTo("dict d: error: " + MAP + ": No such table");
    assertThat(Diagnostic.warning(made.origin(), "No driver").render())
        .isEqualTo("dict d: warning: No driver");
  }

  @Test
  void aProgramCanNameOrigins() {
    DictDefinition made =
        DictDefinition.builder()
            .origin(Origin.ofFile("my.yaml"))
            .map(MAP, Origin.ofFile("maps.yaml"))
            .build();

    assertThat(made.origin().file()).isEqualTo("my.yaml");
    assertThat(made.origin(MAP).file()).isEqualTo("maps.yaml");
  }

  private static DictMap copy() {
    return DictMap.builder(MAP.pattern(), MAP.table())
        .valueField("imap", MAP.valueFields().get(0).type())
        .keyField("username", "user")
        .build();
  }
}
