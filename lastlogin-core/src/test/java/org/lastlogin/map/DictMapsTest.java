package org.lastlogin.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictMapsTest {

  private static DictMap.Builder map(String pattern) {
    return DictMap.builder(pattern, "t").valueField("v", ValueType.STRING);
  }

  @Test
  void firstMapThatMatchesWins() {
    DictMap special = map("shared/x/special").build();
    DictMap general = map("shared/x/$a").keyField("a", "a").build();
    DictMap never = map("shared/x/late").build();
    DictMaps maps = DictMaps.of(special, general, never);

    assertThat(maps.match("shared/x/special")).extracting(MapMatch::map).isSameAs(special);
    assertThat(maps.match("shared/x/late")).extracting(MapMatch::map).isSameAs(general);
    assertThat(maps.match("shared/y")).isNull();
    assertThat(maps).containsExactly(special, general, never);
  }

  @Test
  void matchKnowsTheValueOfAField() {
    DictMap map = map("shared/x/$a/$b").keyField("col_b", "b").keyField("col_a", "a").build();
    MapMatch match = DictMaps.of(map).match("shared/x/1/2/3");

    assertThat(match.variables()).containsExactly("1", "2/3");
    assertThat(match.valueOf(map.keyFields().get(0))).isEqualTo("2/3");
    assertThat(match.valueOf(map.keyFields().get(1))).isEqualTo("1");
  }

  @Test
  void knowsAllMapsOfAKey() {
    DictMap general = map("shared/x/$a").keyField("a", "a").build();
    DictMap other = map("shared/y/$a").keyField("a", "a").build();
    DictMap special = map("shared/x/special").build();
    DictMaps maps = DictMaps.of(general, other, special);

    assertThat(maps.matchAll("shared/x/special"))
        .containsExactly(
            new MapMatch(general, List.of("special")), new MapMatch(special, List.of()));
    assertThat(maps.matchAll("shared/z")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // What the path covers is bound, what follows is open.
        "shared/x/$a/$b, shared/x/1/, false, 1>",
        "shared/x/$a/$b, shared/x//, false, >",
        "shared/x/$a/y-$b, shared/x/1/, false, 1>",
        // The last variable may be begun.
        "shared/tree/$a/$b, shared/tree/x/y/z/, false, x>y/z/",
        "shared/tree/u-$a, shared/tree/u-x/, false, >x/",
        // More than one level needs recursion.
        "shared/x/$a/$b, shared/x/, false, -",
        "shared/x/$a/$b, shared/x/, true, >",
        "shared/x/$a/$b, shared/, true, >",
        "shared/x/y, shared/, false, -",
        "shared/x/y, shared/x/, false, >",
        "shared/$a/, shared/, false, -",
        // A key does not lie below itself, and a path ends with a slash.
        "shared/x/, shared/x/, true, -",
        "shared/$a/, shared/x/, true, -",
        "shared/x/$a, shared/x, true, -",
        "shared/x/$a, '', true, -",
        "shared/x/$a, shared/y/, true, -",
        // Text behind a variable within its segment is met by no path, but may lie below one.
        "shared/$a-x/$b, shared/1-x/, true, -",
        "shared/$a-x, shared/, false, >",
      })
  void knowsWhatAPathSaysOfTheKeysBelow(
      String pattern, String path, boolean recurse, String expected) {
    DictMap.Builder map = map(pattern);
    KeyPattern.parse(pattern).variables().forEach(variable -> map.keyField(variable, variable));
    List<PathMatch> below = DictMaps.of(map.build()).below(path, recurse);

    assertThat(below)
        .extracting(match -> String.join("|", match.bound()) + ">" + match.prefix())
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void knowsAllMapsBelowAPath() {
    DictMap tree = map("shared/$a").keyField("a", "a").build();
    DictMap other = map("priv/$a").usernameField("u").keyField("a", "a").build();
    DictMap pair = map("shared/x/$a").keyField("a", "a").build();
    DictMaps maps = DictMaps.of(tree, other, pair);

    assertThat(maps.below("shared/x/", false))
        .containsExactly(new PathMatch(tree, List.of(), "x/"), new PathMatch(pair, List.of(), ""));
  }

  @Test
  void rejectsAMapThatCannotWork() {
    assertRejected(DictMap.builder("shared/x", "t"), "no value field");
    assertRejected(map("shared/x/$a"), "$a");
    assertRejected(map("shared/x").keyField("a", "a"), "$a");
    assertRejected(map("priv/x"), "username_field");
  }

  private static void assertRejected(DictMap.Builder map, String why) {
    assertThatThrownBy(map::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void mapsWithTheSamePartsAreEqual() {
    assertThat(map("priv/x").usernameField("u").build())
        .isEqualTo(map("priv/x").usernameField("u").build())
        .hasSameHashCodeAs(map("priv/x").usernameField("u").build())
        .isNotEqualTo(map("priv/x").usernameField("w").build());
  }
}
