package org.lastlogin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Decides what becomes of the time of a login before it is stored: kept as it is, made coarser, or
 * refused. Policies can be chained by {@link #andThen}.
 *
 * <p>Implementations are safe for use by any number of threads; those made here are immutable.
 */
@FunctionalInterface
public interface TimePolicy {

  /**
   * The time that is to be stored.
   *
   * @throws IllegalArgumentException if it is not to be stored at all; the message names the time
   *     and the reason
   */
  Instant apply(Instant time);

  /** Takes every time as it is. */
  static TimePolicy exact() {
    return time -> time;
  }

  /**
   * Refuses times that lie further ahead than a clock can be fast. Where the newest time is kept,
   * one from a mail server in the year 2099 would stay until then: no login could replace it.
   *
   * @param tolerance how far ahead of this machine's clock a time may be
   * @throws IllegalArgumentException if the tolerance is negative
   */
  static TimePolicy refusingFuture(Duration tolerance) {
    return refusingFuture(tolerance, InstantSource.system());
  }

  /**
   * Refuses times that lie further ahead than a clock can be fast, by a given clock.
   *
   * @param tolerance how far ahead of the clock a time may be
   * @param clock tells what time it is
   * @throws IllegalArgumentException if the tolerance is negative
   */
  static TimePolicy refusingFuture(Duration tolerance, InstantSource clock) {
    Objects.requireNonNull(clock, "clock");
    if (tolerance.isNegative()) {
      throw new IllegalArgumentException("A tolerance is not negative: " + tolerance);
    }
    return time -> {
      Instant latest = clock.instant().plus(tolerance);
      if (time.isAfter(latest)) {
        throw new IllegalArgumentException(
            time
                + " is later than the limit now, "
                + latest.truncatedTo(ChronoUnit.SECONDS)
                + "; check the clock of the mail server");
      }
      return time;
    };
  }

  /**
   * Rounds times down to the beginning of their hour or day in UTC, or of another unit. What is
   * stored then says less about people; and a mailbox that is used all day changes once an hour or
   * once a day, since an upsert that changes nothing writes nothing to a table of InnoDB.
   *
   * @param unit days or less
   * @throws IllegalArgumentException if the unit is longer than a day
   */
  static TimePolicy roundingDown(ChronoUnit unit) {
    if (unit.compareTo(ChronoUnit.DAYS) > 0) {
      throw new IllegalArgumentException("Times are rounded to days or less, not to " + unit);
    }
    return time -> time.truncatedTo(unit);
  }

  /** Applies another policy to what comes of this one. */
  default TimePolicy andThen(TimePolicy next) {
    Objects.requireNonNull(next, "next");
    return time -> next.apply(apply(time));
  }

  /**
   * An event with the time that is to be stored.
   *
   * @throws IllegalArgumentException if it is not to be stored at all; the message names the event
   *     and the reason
   */
  default LoginEvent applyTo(LoginEvent event) {
    try {
      return new LoginEvent(event.service(), event.mailbox(), event.domain(), apply(event.time()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Not recorded: " + event.service() + " of " + event.mailbox() + ": " + e.getMessage(), e);
    }
  }
}
