package org.lastlogin.config.source;

import java.util.ArrayList;
import java.util.List;

/**
 * Expands the braces of a path, as a shell and Dovecot's {@code glob()} do: {@code {a,b}.conf} is
 * {@code a.conf} and {@code b.conf}. A brace that has no other is text.
 */
public final class Braces {
  /** Longer than any path that a system takes. */
  private static final int MAX_LENGTH = 4096;

  private Braces() {}

  /**
   * The paths that a path stands for, in their order.
   *
   * @param max how many are made: a few braces stand for very many
   */
  public static List<String> expand(String path, int max) {
    if (path.length() > MAX_LENGTH) {
      return List.of(path);
    }
    List<String> done = new ArrayList<>();
    expand("", path, max, done);
    return done;
  }

  private static void expand(String before, String path, int max, List<String> done) {
    int open = path.indexOf('{');
    List<Integer> cuts = open < 0 ? List.of() : cuts(path, open);
    if (cuts.isEmpty()) {
      done.add(before + path);
      return;
    }
    String start = before + path.substring(0, open);
    String rest = path.substring(cuts.get(cuts.size() - 1) + 1);
    int from = open + 1;
    for (int cut : cuts) {
      if (done.size() >= max) {
        return;
      }
      // What is between the commas may hold braces itself.
      expand(start, path.substring(from, cut) + rest, max, done);
      from = cut + 1;
    }
  }

  /**
   * Returns where the commas are that belong to a brace, and the one that closes it; none if
   * unclosed.
   */
  private static List<Integer> cuts(String path, int open) {
    List<Integer> cuts = new ArrayList<>();
    int depth = 0;
    for (int i = open; i < path.length(); i++) {
      char c = path.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0 || (depth == 1 && c == ',')) {
        cuts.add(i);
      }
      if (depth == 0) {
        return cuts;
      }
    }
    return List.of();
  }
}
