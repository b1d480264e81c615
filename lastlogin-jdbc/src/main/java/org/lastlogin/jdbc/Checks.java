package org.lastlogin.jdbc;

import java.time.Duration;

/** Checks the arguments of builders. */
final class Checks {
  /** The longest time that JDBC's timeouts can express on every driver. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private Checks() {}

  /** Returns a duration; fails unless it is positive and at most a day. */
  static Duration positive(Duration duration) {
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("Longer than " + LONGEST + ": " + duration);
    }
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("Not a positive duration: " + duration);
    }
    return duration;
  }

  /** Returns a number; fails unless it is positive. */
  static int positive(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("Not a positive number: " + number);
    }
    return number;
  }
}
