package org.lastlogin.jdbc.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The tries that something has had: how often it failed, how long to pause before the next try, and
 * whether an earlier one may have succeeded. For use by one thread.
 */
public final class Tries {
  /** The shortest time that is worth a try: JDBC counts the time of a statement in seconds. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final Backoff backoff;
  private final Ticker ticker;
  private final List<Exception> failures = new ArrayList<>();
  private boolean uncertain;

  public Tries(Backoff backoff, Ticker ticker) {
    this.backoff = backoff;
    this.ticker = ticker;
  }

  /**
   * Returns tries with the same past, for a part of a group that is tried by itself from now on.
   */
  Tries copy() {
    Tries copy = new Tries(backoff, ticker);
    copy.failures.addAll(failures);
    copy.uncertain = uncertain;
    return copy;
  }

  /** Notes a failed try. */
  public void add(Exception reason, GroupFailure.Kind kind) {
    failures.add(reason);
    uncertain |= kind == GroupFailure.Kind.UNCERTAIN;
  }

  int failed() {
    return failures.size();
  }

  /** Returns whether one of the failed tries may have succeeded. */
  public boolean areUncertain() {
    return uncertain;
  }

  /**
   * Pauses before the next try.
   *
   * @param nanosLeft the time that is left for the pause and the try
   * @return false, without a pause, if that is too short for another try, or if this thread is
   *     interrupted
   */
  public boolean pause(long nanosLeft) {
    long pause = backoff.pauseNanos(failures.size());
    if (pause + SHORTEST.toNanos() > nanosLeft) {
      return false;
    }
    try {
      ticker.pause(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Adds the earlier failures to the one that is reported. */
  public void suppressIn(Exception reported) {
    List<Throwable> known = List.of(reported.getSuppressed());
    for (Exception earlier : failures) {
      if (earlier != reported && !known.contains(earlier)) {
        reported.addSuppressed(earlier);
      }
    }
  }
}
