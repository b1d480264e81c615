package org.lastlogin.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The matcher finds what trying one map after the other finds. */
class CompiledPatternsTest {
  private static final int DICTS = 25_000;
  private static final int KEYS_PER_DICT = 40;
  private static final int PATHS_PER_DICT = 8;

  private final Random random = new Random(20_260_101);

  @Test
  void agreesWithTheRulesOnAMillionKeys() {
    int served = 0;
    int passedOver = 0;
    for (int i = 0; i < DICTS; i++) {
      DictMaps maps = maps(randomPatterns());
      for (int j = 0; j < KEYS_PER_DICT; j++) {
        String key = randomKey(maps);
        List<MapMatch> expected = expectedMatches(maps, key);
        MapMatch match = maps.match(key);
        if (!Optional.ofNullable(match).equals(expected.stream().findFirst())) {
          assertThat(match)
              .as("%s in %s", key, maps)
              .isEqualTo(expected.stream().findFirst().orElse(null));
        }
        if (!maps.matchAll(key).equals(expected)) {
          assertThat(maps.matchAll(key)).as("%s in %s", key, maps).isEqualTo(expected);
        }
        served += expected.isEmpty() ? 0 : 1;
        passedOver += expected.size() > 1 ? 1 : 0;
      }
    }
    // Otherwise the agreement would mean little.
    assertThat(served).isBetween(DICTS * KEYS_PER_DICT / 4, DICTS * KEYS_PER_DICT * 3 / 4);
    assertThat(passedOver).isGreaterThan(DICTS * KEYS_PER_DICT / 10);
  }

  @Test
  void agreesWithTheRulesOnPaths() {
    int notEmpty = 0;
    for (int i = 0; i < DICTS; i++) {
      DictMaps maps = maps(randomPatterns());
      for (int j = 0; j < PATHS_PER_DICT; j++) {
        String path = randomPath(maps);
        boolean recurse = random.nextBoolean();
        List<PathMatch> expected = expectedBelow(maps, path, recurse);
        if (!maps.below(path, recurse).equals(expected)) {
          assertThat(maps.below(path, recurse))
              .as("%s in %s, recurse %s", path, maps, recurse)
              .isEqualTo(expected);
        }
        notEmpty += expected.isEmpty() ? 0 : 1;
      }
    }
    assertThat(notEmpty).isBetween(DICTS * PATHS_PER_DICT / 4, DICTS * PATHS_PER_DICT * 3 / 4);
  }

  @Test
  void findsEachOfManyMapsByItsText() {
    List<String> patterns =
        IntStream.range(0, 3_000)
            .boxed()
            .flatMap(
                i ->
                    Stream.of(
                        "shared/service-" + i + "/$a/$b",
                        "shared/p" + Integer.toString(i, 36) + "-$a/x",
                        "shared/" + "l".repeat(1 + i % 300) + i + "-$a"))
            .toList();
    DictMaps maps = maps(patterns);

    for (DictMap map : maps) {
      String key = map.pattern().skeleton().replace("$", "~");
      assertThat(maps.match(key)).extracting(MapMatch::map).isSameAs(map);
    }
    assertThat(maps.match("shared/service-3000/~/~")).isNull();
  }

  /** 4,096 ways match all of the key but its end. */
  @Test
  void findsTheFirstOfMapsThatBeginAlike() {
    List<String> patterns = List.of("");
    for (int i = 0; i < 12; i++) {
      String variable = "$v" + i + "/";
      patterns = patterns.stream().flatMap(p -> Stream.of(p + "a/", p + variable)).toList();
    }
    DictMaps maps = maps(patterns.stream().map(p -> p + "x").toList());

    assertThat(maps.match("a/".repeat(12) + "y")).isNull();
    assertThat(maps.matchAll("a/".repeat(12) + "x")).hasSize(4_096);
    assertThat(maps.match("a/".repeat(12) + "x"))
        .extracting(MapMatch::map)
        .isSameAs(maps.asList().get(0));
    assertThat(maps.match("b/".repeat(12) + "x"))
        .extracting(MapMatch::map)
        .isSameAs(maps.asList().get(4_095));
  }

  @Test
  void followsALongPattern() {
    String path = "a/".repeat(20_000);
    DictMaps maps = maps(List.of(path + "x", path + "$v"));

    assertThat(maps.match(path + "y")).extracting(MapMatch::variables).isEqualTo(List.of("y"));
    assertThat(maps.matchAll(path + "x")).hasSize(2);
    assertThat(maps.below(path, false)).hasSize(2);
  }

  private static List<MapMatch> expectedMatches(DictMaps maps, String key) {
    List<MapMatch> matches = new ArrayList<>();
    for (DictMap map : maps) {
      PatternRules.match(map.pattern().skeleton(), key)
          .ifPresent(values -> matches.add(new MapMatch(map, values)));
    }
    return matches;
  }

  private static List<PathMatch> expectedBelow(DictMaps maps, String path, boolean recurse) {
    List<PathMatch> matches = new ArrayList<>();
    for (DictMap map : maps) {
      PatternRules.below(map.pattern().skeleton(), path, recurse)
          .ifPresent(
              values ->
                  matches.add(new PathMatch(map, values.subList(1, values.size()), values.get(0))));
    }
    return matches;
  }

  private static DictMaps maps(List<String> patterns) {
    return DictMaps.of(patterns.stream().map(CompiledPatternsTest::map).toList());
  }

  private static DictMap map(String text) {
    KeyPattern pattern = KeyPattern.parse(text);
    DictMap.Builder map = DictMap.builder(pattern, "t").valueField("v", ValueType.STRING);
    pattern.variables().forEach(variable -> map.keyField(variable, variable));
    return map.build();
  }

  private List<String> randomPatterns() {
    return Stream.generate(this::randomPattern)
        .filter(pattern -> !pattern.isEmpty())
        .limit(1 + random.nextInt(8))
        .toList();
  }

  private String randomPattern() {
    StringBuilder pattern = new StringBuilder();
    int segments = 1 + random.nextInt(4);
    for (int i = 0; i < segments; i++) {
      pattern.append(i == 0 ? "" : "/").append(oneOf("", "a", "b", "ab"));
      String a = "${v" + i + "}";
      pattern.append(oneOf("", "", "", a, a, a, a + "${w" + i + "}", a + "b"));
    }
    return pattern.toString();
  }

  /** A key of one of the maps, as often as not, or any. */
  private String randomKey(DictMaps maps) {
    if (random.nextBoolean()) {
      StringBuilder key = new StringBuilder(randomText());
      for (int i = random.nextInt(5); i > 0; i--) {
        key.append("/").append(randomText());
      }
      return key.toString();
    }
    KeyPattern pattern = maps.asList().get(random.nextInt(maps.asList().size())).pattern();
    return pattern.key(
        pattern.variables().stream().map(v -> oneOf("", "a", "b", "ab", "a/b", "/")).toList());
  }

  private String randomPath(DictMaps maps) {
    String key = randomKey(maps);
    int length = random.nextInt(key.length() + 1);
    // Seldom, nothing may follow what is no path.
    return random.nextInt(10) == 0
        ? key.substring(0, length)
        : key.substring(0, 1 + key.lastIndexOf('/', length)) + oneOf("", "", "", "a/", "/");
  }

  private String randomText() {
    return oneOf("", "a", "b", "ab", "aba");
  }

  private String oneOf(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
