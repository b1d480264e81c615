package org.lastlogin.dictproto.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long each time, up to a limit, and at random
 * between a half and the whole of that, so that clients which have lost the same server do not all
 * come back at once. Not safe for use by several threads.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final RandomGenerator random;
  private Duration next = FIRST;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait after another failure. */
  Duration next() {
    long most = next.toNanos();
    next = Duration.ofNanos(Math.min(2 * most, LONGEST.toNanos()));
    return Duration.ofNanos(random.nextLong(most / 2, most + 1));
  }

  /** Notes a success. */
  void reset() {
    next = FIRST;
  }
}
