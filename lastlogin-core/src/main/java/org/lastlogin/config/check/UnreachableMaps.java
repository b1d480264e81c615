package org.lastlogin.config.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Text;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.KeyPattern;

/** Finds maps that no key ever reaches, because an earlier map takes all of them. */
final class UnreachableMaps {
  /** Text after a variable, in its segment: a variable takes all of a segment. */
  private static final Pattern NEVER_MATCHES = Pattern.compile("\\$[^$/]");

  /** Each map is compared with so many others at most, so that a file of thousands is read fast. */
  private static final int MAX_COMPARED = 50;

  private final Diagnostics diagnostics;

  /** The first map of each skeleton: patterns that differ only in the names of their variables. */
  private final Map<String, Earlier> bySkeleton = new HashMap<>();

  /** The first maps that may take the keys of a map with another skeleton. */
  private final List<Earlier> withVariables = new ArrayList<>();

  /** A map that was checked before, and where its pattern is. */
  private record Earlier(KeyPattern pattern, Text text) {}

  UnreachableMaps(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Warns if a map is unreachable after those that were checked before it. */
  void check(DictMap map, Text text) {
    KeyPattern pattern = map.pattern();
    if (NEVER_MATCHES.matcher(pattern.skeleton()).find()) {
      diagnostics.warning(
          text.span(),
          "No key ever matches this pattern: a variable takes everything up to the next slash",
          "Remove the text that follows the variable within its segment.");
      return;
    }
    first(pattern)
        .ifPresent(
            other ->
                diagnostics.warning(
                    text.span(),
                    "No key ever reaches this map: the first map that matches serves a key, and "
                        + other.pattern()
                        + " in line "
                        + other.text().span().line()
                        + " matches all of these",
                    "Remove one of the two, or put the more special one first."));
    Earlier added = new Earlier(pattern, text);
    bySkeleton.putIfAbsent(pattern.skeleton(), added);
    if (withVariables.size() < MAX_COMPARED && !pattern.variables().isEmpty()) {
      withVariables.add(added);
    }
  }

  /** The first map that takes all the keys of a pattern. */
  private Optional<Earlier> first(KeyPattern pattern) {
    List<String> samples = samples(pattern);
    return withVariables.stream()
        .filter(other -> samples.stream().allMatch(key -> other.pattern().match(key) != null))
        .findFirst()
        .or(() -> Optional.ofNullable(bySkeleton.get(pattern.skeleton())));
  }

  /**
   * Keys of a pattern that stand for all: variables that are a character which no literal holds,
   * that are empty, and a last one that holds a slash. Whatever matches these matches all.
   */
  private static List<String> samples(KeyPattern pattern) {
    return List.of(
        sample(pattern, "\0", "\0"), sample(pattern, "", "\0"), sample(pattern, "\0", "\0/\0"));
  }

  /** A key of a pattern, with one text for each variable but that which ends the pattern. */
  private static String sample(KeyPattern pattern, String inner, String last) {
    String skeleton = pattern.skeleton();
    return skeleton.endsWith("$")
        ? skeleton.substring(0, skeleton.length() - 1).replace("$", inner) + last
        : skeleton.replace("$", inner);
  }
}
