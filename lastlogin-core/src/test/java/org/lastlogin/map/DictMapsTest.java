package org.lastlogin.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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
