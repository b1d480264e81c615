package org.lastlogin.config.words;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which word was meant by one that is not known. */
public final class Suggestions {
  /** Longer words are rarely mistyped, and comparing them takes too long. */
  private static final int MAX_LENGTH = 64;

  private Suggestions() {}

  /** "Did you mean ...?" with the closest of the known words, if one is close. */
  public static Optional<String> didYouMean(String word, Collection<String> known) {
    return closest(word, known).map(guess -> "Did you mean " + guess + "?");
  }

  /** The closest of the known words, if no more than about a third of it is mistyped. */
  public static Optional<String> closest(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(candidate -> isClose(lower, candidate))
        .min(Comparator.comparingInt(candidate -> distance(lower, candidate)));
  }

  /** Returns whether one of two different words is the other with a single slip of the typist. */
  public static boolean isSlip(String word, String other) {
    return Math.max(word.length(), other.length()) <= MAX_LENGTH
        && Math.abs(word.length() - other.length()) <= 1
        && distance(word, other) == 1;
  }

  private static boolean isClose(String word, String candidate) {
    if (Math.max(word.length(), candidate.length()) > MAX_LENGTH) {
      return false;
    }
    int allowed = Math.max(1, candidate.length() / 3);
    return Math.abs(word.length() - candidate.length()) <= allowed
        && distance(word, candidate) <= allowed;
  }

  /**
   * Returns how many letters must be inserted, left out, replaced or swapped with their neighbour
   * to make one word of the other (the optimal string alignment distance).
   */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : cheapest(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cheapest(int[][] d, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int cost = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(d[i - 1][j], d[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(cost, d[i - 2][j - 2] + 1) : cost;
  }
}
