package org.lastlogin.dictproto.input;

import java.time.Duration;

/** Checks durations that users set. */
public final class Durations {
  /** Longer durations cannot be counted in nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Durations() {}

  /**
   * Returns a duration if it is positive and at most 100 years.
   *
   * @param name the name of the setting
   * @throws IllegalArgumentException if it is not
   */
  public static Duration requirePositive(String name, Duration value) {
    return requirePositive(name, value, LONGEST, "100 years");
  }

  /**
   * Returns a duration if it is positive and not longer than another.
   *
   * @param name the name of the setting
   * @param longestText the longest duration in words
   * @throws IllegalArgumentException if it is not
   */
  public static Duration requirePositive(
      String name, Duration value, Duration longest, String longestText) {
    if (value.isNegative() || value.isZero() || value.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          name + " must be positive, and no more than " + longestText + ", not " + value);
    }
    return value;
  }

  /**
   * Returns a duration if it is zero or positive, and at most 100 years.
   *
   * @param name the name of the setting
   * @throws IllegalArgumentException if it is not
   */
  public static Duration requireNotNegative(String name, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + " must not be negative, nor more than 100 years: " + value);
    }
    return value;
  }
}
