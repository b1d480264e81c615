package org.lastlogin.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.map.KeyPattern;

/**
 * What the path of an iteration says of the keys of a pattern: the path is the beginning of these
 * keys. Immutable.
 *
 * @param bound the values of the first variables, which the path contains; the others are open
 * @param prefix what the first open variable begins with; not empty only for a variable that takes
 *     slashes
 */
record PathMatch(List<String> bound, String prefix) {
  PathMatch {
    bound = List.copyOf(bound);
  }

  /** The pattern's literals around its variables: a dollar sign cannot be part of one. */
  static String[] literals(KeyPattern pattern) {
    return pattern.skeleton().split("\\$", -1);
  }

  /**
   * Matches a path that ends with a slash.
   *
   * @param recurse whether keys count that lie more than one level below the path
   * @return {@code null} if no key of the pattern lies below the path
   */
  static @Nullable PathMatch of(KeyPattern pattern, String path, boolean recurse) {
    if (!path.endsWith("/")) {
      return null;
    }
    String[] literals = literals(pattern);
    List<String> bound = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < literals.length; i++) {
      boolean last = i == literals.length - 1;
      if (literals[i].startsWith(path.substring(at))) {
        String missing = literals[i].substring(path.length() - at);
        boolean direct = missing.indexOf('/') < 0 && levelsBehind(literals, i + 1) == 0;
        boolean open = !last || !missing.isEmpty();
        return open && (recurse || direct) ? new PathMatch(bound, "") : null;
      }
      if (last || !path.startsWith(literals[i], at)) {
        return null;
      }
      at += literals[i].length();
      if (i == literals.length - 2 && literals[i + 1].isEmpty()) {
        return new PathMatch(bound, path.substring(at));
      }
      int slash = path.indexOf('/', at);
      if (slash < 0) {
        return null;
      }
      bound.add(path.substring(at, slash));
      at = slash;
    }
    return null;
  }

  private static long levelsBehind(String[] literals, int from) {
    return String.join("", List.of(literals).subList(from, literals.length))
        .chars()
        .filter(c -> c == '/')
        .count();
  }
}
