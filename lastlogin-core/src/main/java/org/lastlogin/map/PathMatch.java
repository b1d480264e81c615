package org.lastlogin.map;

import java.util.ArrayList;
import java.util.List;

/**
 * A map with keys below a path, and what the path says of them: it is their beginning. Immutable.
 *
 * @param map the map that serves the keys
 * @param bound the values of the pattern's first variables, which the path contains; the others are
 *     open
 * @param prefix what the first open variable begins with; not empty only for a variable that takes
 *     slashes
 */
public record PathMatch(DictMap map, List<String> bound, String prefix) {
  public PathMatch {
    bound = List.copyOf(bound);
  }

  /** Cuts the values out of a path; keys of the map must lie below it. */
  static PathMatch of(DictMap map, String path) {
    List<String> literals = map.pattern().literals();
    List<String> bound = new ArrayList<>();
    int last = literals.size() - 2;
    int at = literals.get(0).length();
    for (int i = 0; i <= last && at < path.length(); i++) {
      String following = literals.get(i + 1);
      if (i == last && following.isEmpty()) {
        return new PathMatch(map, bound, path.substring(at));
      }
      int end = KeyPattern.endOfSegment(path, at);
      bound.add(path.substring(at, end));
      at = end + following.length();
    }
    return new PathMatch(map, bound, "");
  }
}
