package org.lastlogin.dictproto;

import java.time.Instant;

/**
 * When a command began and when its answer was ready, for the client's statistics. Immutable.
 *
 * @param start when the command was read; microseconds since 1970-01-01T00:00:00Z
 * @param end when its answer was ready, likewise
 */
public record Timing(long start, long end) {
  /** What a client knows in versions without {@link Capability#TIMINGS}: nothing. */
  public static final Timing UNKNOWN = new Timing(0, 0);

  private static final long MICROS = 1_000_000;

  /** The last second of which every microsecond can be counted. */
  static final long MAX_SECOND = Long.MAX_VALUE / MICROS - 1;

  private static final long MAX_MICROS = MAX_SECOND * MICROS + (MICROS - 1);

  /**
   * A timing.
   *
   * @throws IllegalArgumentException if a time is negative, or beyond what can be told a client
   */
  public Timing {
    if (start < 0 || end < 0 || start > MAX_MICROS || end > MAX_MICROS) {
      throw new IllegalArgumentException(
          "A time is not from 0 to " + MAX_MICROS + ": " + start + ", " + end);
    }
  }

  /** The timing of a command that began and ended at these times. */
  public static Timing of(Instant start, Instant end) {
    return new Timing(micros(start), micros(end));
  }

  /** A time in microseconds since 1970-01-01T00:00:00Z. */
  private static long micros(Instant time) {
    return time.getEpochSecond() * MICROS + time.getNano() / 1000;
  }

  void encode(FieldWriter out) {
    out.times(start, end);
  }
}
