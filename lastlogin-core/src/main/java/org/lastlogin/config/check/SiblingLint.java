package org.lastlogin.config.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.KnownKeys;
import org.lastlogin.config.words.Typos;
import org.lastlogin.map.DictMap;

/**
 * Finds names that are probably misspelt, because the other maps of the dict, or the keys of the
 * same map, have almost the same. What is alone cannot be judged.
 */
final class SiblingLint {
  /** Names that are common enough for one other use to show that they are meant. */
  private static final Set<String> USUAL = Set.of("username", "domain", "user", "userid", "email");

  /**
   * Each name is compared with so many others at most, so that a file of thousands is read fast.
   */
  private static final int MAX_COMPARED = 50;

  private final List<MapDraft> maps;
  private final Diagnostics diagnostics;

  /** How often a name occurs in some role: as a table, or as a table's column for a variable. */
  private final Map<String, Map<String, Integer>> uses = new HashMap<>();

  SiblingLint(List<MapDraft> maps, Diagnostics diagnostics) {
    this.maps = maps;
    this.diagnostics = diagnostics;
  }

  /** Warns of all that is probably misspelt. */
  void check() {
    for (MapDraft map : maps) {
      names(map, (role, name) -> uses(role).merge(name.string(), 1, Integer::sum));
    }
    for (MapDraft map : maps) {
      names(map, this::checkSiblings);
      checkKey(map.map(), map);
    }
  }

  /** Does something with a name in a role. */
  private interface NameConsumer {
    void accept(String role, Text name);
  }

  private static void names(MapDraft draft, NameConsumer consumer) {
    accept("table", draft.table(), consumer);
    accept("user of " + draft.map().table(), draft.usernameField(), consumer);
    for (MapDraft.Key key : draft.keys()) {
      accept(key.variable().string() + " of " + draft.map().table(), key.column(), consumer);
    }
  }

  private static void accept(String role, @Nullable Text name, NameConsumer consumer) {
    if (name != null) {
      consumer.accept(role, name);
    }
  }

  private Map<String, Integer> uses(String role) {
    return uses.computeIfAbsent(role, key -> new HashMap<>());
  }

  private void checkSiblings(String role, Text name) {
    siblingOf(role, name.string())
        .ifPresent(other -> report(name, "Only this map has this name here", other));
  }

  /**
   * Returns what a name should be that occurs once, if another one is almost the same and usual.
   */
  private Optional<String> siblingOf(String role, String name) {
    return isUsual(role, name)
        ? Optional.empty()
        : uses(role).keySet().stream()
            .limit(MAX_COMPARED)
            .filter(other -> isUsual(role, other) && Typos.isTypo(name, other))
            .findFirst();
  }

  private boolean isUsual(String role, String name) {
    return uses(role).getOrDefault(name, 0) > 1 || USUAL.contains(name);
  }

  private void report(Text name, String message, String guess) {
    diagnostics.warning(name.span(), message, "Did you mean " + guess + "?");
  }

  /** Compares the names of a map with its own key. */
  private void checkKey(DictMap map, MapDraft draft) {
    List<String> segments =
        List.of(map.pattern().toString().split("/")).stream()
            .filter(segment -> segment.indexOf('$') < 0 && !KnownKeys.isMisspelt(segment))
            .skip(1)
            .limit(MAX_COMPARED)
            .toList();
    Text table = draft.table();
    if (table != null && siblingOf("table", table.string()).isEmpty()) {
      similar(table.string(), segments)
          .ifPresent(guess -> report(table, "The key of this map is almost the same", guess));
    }
    List<String> columns =
        KnownKeys.isLastLogin(map.pattern().toString()) ? KnownKeys.SERVICES : segments;
    Text column = draft.values().get(0).column();
    if (!columns.contains(column.string())) {
      similar(column.string(), columns)
          .ifPresent(guess -> report(column, "The key of this map is almost the same", guess));
    }
    for (MapDraft.Key key : draft.keys()) {
      similar(key.column().string(), List.of(key.variable().string()))
          .ifPresent(guess -> report(key.column(), "Its variable is almost the same", guess));
    }
  }

  private static Optional<String> similar(String name, List<String> others) {
    return others.stream().filter(other -> Typos.isInnerTypo(name, other)).findFirst();
  }
}
