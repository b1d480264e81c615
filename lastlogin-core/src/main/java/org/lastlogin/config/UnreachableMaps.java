package org.lastlogin.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.KeyPattern;

/** Finds maps that no key ever reaches, because an earlier map takes all of them. */
final class UnreachableMaps {
  /** Text behind a variable, in its segment: a variable takes all of a segment. */
  private static final Pattern NEVER_MATCHES = Pattern.compile("\\$[^$/]");

  private final Diagnostics diagnostics;
  private final List<Earlier> earlier = new ArrayList<>();

  /** A map that was checked before, and where its pattern stands. */
  private record Earlier(KeyPattern pattern, Text text) {}

  UnreachableMaps(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Warns if a map is unreachable behind those that were checked before it. */
  void check(DictMap map, Text text) {
    KeyPattern pattern = map.pattern();
    if (NEVER_MATCHES.matcher(pattern.skeleton()).find()) {
      diagnostics.warning(
          text.span(),
          "No key ever matches this pattern: a variable takes everything up to the next slash",
          "Remove the text that follows the variable within its segment.");
      return;
    }
    Optional<Earlier> first =
        earlier.stream().filter(other -> covers(other.pattern(), pattern)).findFirst();
    first.ifPresent(
        other ->
            diagnostics.warning(
                text.span(),
                "No key ever reaches this map: the first map that matches serves a key, and "
                    + other.pattern()
                    + " in line "
                    + other.text().span().line()
                    + " matches all of these",
                "Remove one of the two, or put the more special one first."));
    earlier.add(new Earlier(pattern, text));
  }

  /**
   * Whether a pattern matches all keys of another. Three of these stand for all: variables that are
   * a character which no literal holds, that are empty, and a last one that holds a slash.
   */
  private static boolean covers(KeyPattern pattern, KeyPattern other) {
    return pattern.match(sample(other, "\0", "\0")) != null
        && pattern.match(sample(other, "", "\0")) != null
        && pattern.match(sample(other, "\0", "\0/\0")) != null;
  }

  /** A key of a pattern, with one text for each variable but that which ends the pattern. */
  private static String sample(KeyPattern pattern, String inner, String last) {
    String skeleton = pattern.skeleton();
    return skeleton.endsWith("$")
        ? skeleton.substring(0, skeleton.length() - 1).replace("$", inner) + last
        : skeleton.replace("$", inner);
  }
}
