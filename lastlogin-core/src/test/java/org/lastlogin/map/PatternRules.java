package org.lastlogin.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of matching, transcribed one by one: what the matcher is compared with. It tries one
 * pattern at a time, character by character.
 */
final class PatternRules {

  private PatternRules() {}

  /** What a pattern says of a key. */
  static Optional<List<String>> match(String skeleton, String key) {
    List<String> values = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < skeleton.length(); i++) {
      if (skeleton.charAt(i) != '$') {
        // A literal stands for itself.
        if (at == key.length() || key.charAt(at) != skeleton.charAt(i)) {
          return Optional.empty();
        }
        at++;
      } else if (i == skeleton.length() - 1) {
        // The variable that ends the pattern takes the rest: at least one character.
        if (at == key.length()) {
          return Optional.empty();
        }
        values.add(key.substring(at));
        at = key.length();
      } else {
        // Another one takes what stands before the next slash, maybe nothing.
        int from = at;
        while (at < key.length() && key.charAt(at) != '/') {
          at++;
        }
        values.add(key.substring(from, at));
      }
    }
    return at == key.length() ? Optional.of(values) : Optional.empty();
  }

  /**
   * What a pattern says of a path: first the prefix of the first open variable, then the values of
   * those before it.
   */
  static Optional<List<String>> below(String skeleton, String path, boolean recurse) {
    if (path.isEmpty() || path.charAt(path.length() - 1) != '/') {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>(List.of(""));
    int i = 0;
    int at = 0;
    while (at < path.length()) {
      if (i == skeleton.length()) {
        return Optional.empty();
      }
      if (skeleton.charAt(i) != '$') {
        if (path.charAt(at) != skeleton.charAt(i)) {
          return Optional.empty();
        }
        at++;
      } else if (i == skeleton.length() - 1) {
        // The variable that ends the pattern takes the rest of the key, which begins like this.
        values.set(0, path.substring(at));
        return Optional.of(values);
      } else {
        int from = at;
        while (path.charAt(at) != '/') {
          at++;
        }
        values.add(path.substring(from, at));
      }
      i++;
    }
    String open = skeleton.substring(i);
    return open.isEmpty() || (!recurse && open.contains("/"))
        ? Optional.empty()
        : Optional.of(values);
  }
}
