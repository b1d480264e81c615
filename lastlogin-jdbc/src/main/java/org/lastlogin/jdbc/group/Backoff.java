package org.lastlogin.jdbc.group;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long to pause before something is tried again: twice as long each time, up to a limit, and of
 * that a random part, so that transactions that collided do not collide again. Immutable.
 *
 * @param first the longest pause before the second try
 * @param longest the longest pause at all
 * @param random gives numbers from 0 to 1
 */
public record Backoff(Duration first, Duration longest, DoubleSupplier random) {
  /** Deadlocks are over in a moment, servers that start again take seconds. */
  public static final Backoff DEFAULT =
      new Backoff(
          Duration.ofMillis(10),
          Duration.ofSeconds(1),
          () -> ThreadLocalRandom.current().nextDouble());

  /**
   * Returns the pause after a try, in nanoseconds.
   *
   * @param tries how many there were, at least 1
   */
  long pauseNanos(int tries) {
    double doubled = (double) first.toNanos() * Math.pow(2, tries - 1);
    return (long) (Math.min(doubled, (double) longest.toNanos()) * random.getAsDouble());
  }
}
