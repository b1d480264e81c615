package org.lastlogin.dictproto;

import java.time.Instant;

/**
 * The times of a command and of its reply, with which replies end. Clients use them for statistics.
 * Immutable.
 *
 * @param start when the command was read; microseconds since 1970-01-01T00:00:00Z
 * @param end when its answer was ready, likewise
 */
public record ReplyTimes(long start, long end) {
  /** The times in versions without {@link Capability#TIMINGS}, whose replies carry none. */
  public static final ReplyTimes UNKNOWN = new ReplyTimes(0, 0);

  private static final long MICROS = 1_000_000;

  /** The last second whose microseconds all fit a {@code long}. */
  static final long MAX_SECOND = Long.MAX_VALUE / MICROS - 1;

  private static final long MAX_MICROS = MAX_SECOND * MICROS + (MICROS - 1);

  /**
   * Creates the times of a reply.
   *
   * @throws IllegalArgumentException if a time is negative, or too late to be counted in
   *     microseconds
   */
  public ReplyTimes {
    if (start < 0 || end < 0 || start > MAX_MICROS || end > MAX_MICROS) {
      throw new IllegalArgumentException(
          "A time is not from 0 to " + MAX_MICROS + ": " + start + ", " + end);
    }
  }

  /** Returns the times of a command that began and ended at these instants. */
  public static ReplyTimes of(Instant start, Instant end) {
    return new ReplyTimes(micros(start), micros(end));
  }

  /** Returns a time in microseconds since 1970-01-01T00:00:00Z. */
  private static long micros(Instant time) {
    return time.getEpochSecond() * MICROS + time.getNano() / 1000;
  }

  void encode(FieldWriter out) {
    out.times(start, end);
  }
}
