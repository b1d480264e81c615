package org.lastlogin.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPatternTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // Without variables, a pattern matches itself.
        "priv/quota/storage, priv/quota/storage, ''",
        "priv/quota/storage, priv/quota/storages, -",
        "priv/quota/storage, priv/quota, -",
        // A variable takes the text up to the next slash.
        "shared/x/$a/$b, shared/x/1/2, 1|2",
        "shared/x/$a/y, shared/x/1/y, 1",
        "shared/x/$a/y, shared/x/1/2/y, -",
        "shared/x/$a/y, shared/x/1, -",
        // That may be nothing.
        "shared/x/$a/$b, shared/x//2, |2",
        "shared/x/$a/y, shared/x//y, ''",
        // The last one takes the rest, but at least one character.
        "shared/tree/$a/$b, shared/tree/x/y/z, x|y/z",
        "shared/tree/$a/$b, shared/tree/x//, x|/",
        "shared/tree/$a/$b, shared/tree/x/, -",
        "shared/tree/$a/$b, shared/tree/x, -",
        "shared/$a, shared/, -",
        // Unless it does not end the pattern.
        "shared/$a/, shared/x/, x",
        "shared/$a/, shared/x/y/, -",
        // A literal before a variable within a segment must match.
        "shared/u-$a, shared/u-1, 1",
        "shared/u-$a/x, shared/u-/x, ''",
        "shared/u-$a, shared/v-1, -",
        // Text behind a variable within its segment never does.
        "shared/$a-x, shared/1-x, -",
        "shared/$a-x, shared/1, -",
        "shared/$a-x/y, shared/1-x/y, -",
        // Braces change nothing.
        "shared/${a}/${b}, shared/1/2/3, 1|2/3",
        // What looks like a variable in a key is text.
        "shared/$a/$b, shared/$b/$a, $b|$a",
        "shared/$a, shared/grün, grün",
      })
  void matches(String pattern, String key, String values) {
    List<String> match = KeyPattern.parse(pattern).match(key);

    assertThat(match == null ? null : String.join("|", match)).isEqualTo(values);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "shared/$, 7",
    "shared/$/x, 7",
    "shared/${}, 7",
    "shared/${a, 7",
    "shared/${a-b}, 7",
    "shared/$a/$a, 10",
    "shared/$a/${a}, 10",
  })
  void saysWhereAPatternIsWrong(String pattern, int index) {
    assertThatThrownBy(() -> KeyPattern.parse(pattern))
        .isInstanceOfSatisfying(
            KeyPatternException.class, e -> assertThat(e.index()).isEqualTo(index));
  }

  @Test
  void makesAKeyOfValues() {
    KeyPattern pattern = KeyPattern.parse("shared/$a/x/$b");

    assertThat(pattern.key(List.of("1", "2/3"))).isEqualTo("shared/1/x/2/3");
    assertThatThrownBy(() -> pattern.key(List.of("1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 variables, not 1");
  }

  @Test
  void knowsItsParts() {
    KeyPattern pattern = KeyPattern.parse("shared/last-login/$service/${user_1}/x");

    assertThat(pattern.variables()).containsExactly("service", "user_1");
    assertThat(pattern.literalPrefix()).isEqualTo("shared/last-login/");
    assertThat(pattern.skeleton()).isEqualTo("shared/last-login/$/$/x");
    assertThat(pattern).hasToString("shared/last-login/$service/${user_1}/x");
  }
}
