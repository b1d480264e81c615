package org.lastlogin.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.KeyPattern;
import org.lastlogin.map.ValueType;

/** Shapes of the maps that come before the tutorial's. */
public enum MapShape {
  /** No further maps. */
  NONE,
  /** A map for each of many services: other text where the tutorial's has its service. */
  SERVICES,
  /** As many texts, each before a variable in the same segment. */
  PREFIXES,
  /** A variable instead of a text, and then text again: further paths for each key. */
  DETOURS,
  /** A third of each of these. */
  MIXED;

  private static final int ALL = 10_000;
  private static final List<String> TUTORIAL = List.of("imap", "pop3", "lda", "lmtp");

  /** Returns the maps, with the tutorial's four last. */
  DictMaps maps() {
    List<DictMap> maps = new ArrayList<>();
    for (int i = 0; this != NONE && i < ALL - TUTORIAL.size(); i++) {
      maps.add(map(pattern(i)));
    }
    TUTORIAL.forEach(service -> maps.add(map("shared/last-login/" + service + "/$user/$domain")));
    return DictMaps.of(maps);
  }

  private String pattern(int i) {
    return switch (this) {
      case SERVICES -> "shared/last-login/service" + i + "/$user/$domain";
      case PREFIXES -> "shared/last-login/" + i + "-$service/$user/$domain";
      case DETOURS -> "shared/$plugin/service" + i + "/$user/$domain";
      case MIXED -> List.of(SERVICES, PREFIXES, DETOURS).get(i % 3).pattern(i);
      case NONE -> throw new IllegalStateException("There are no other maps");
    };
  }

  private static DictMap map(String text) {
    KeyPattern pattern = KeyPattern.parse(text);
    DictMap.Builder map = DictMap.builder(pattern, "last_login").valueField("time", ValueType.UINT);
    pattern.variables().forEach(variable -> map.keyField(variable, variable));
    return map.build();
  }
}
