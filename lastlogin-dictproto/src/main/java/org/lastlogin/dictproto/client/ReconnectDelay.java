package org.lastlogin.dictproto.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Computes the delays between a client's attempts to connect: from 50 ms, doubled each time, up to
 * 5 s. Each delay is random between a half and the whole of that, so that clients which lost the
 * same server do not all come back at once. Not safe for use by several threads.
 */
final class ReconnectDelay {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final RandomGenerator random;
  private Duration next = FIRST;

  ReconnectDelay(RandomGenerator random) {
    this.random = random;
  }

  /** Returns the delay after another failure. */
  Duration next() {
    long most = next.toNanos();
    next = Duration.ofNanos(Math.min(2 * most, LONGEST.toNanos()));
    return Duration.ofNanos(random.nextLong(most / 2, most + 1));
  }

  /** Starts again from the shortest delay, after a success. */
  void reset() {
    next = FIRST;
  }
}
