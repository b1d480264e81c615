package org.lastlogin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * In which unit since 1970-01-01T00:00:00Z a time is written as a number: Dovecot's {@code
 * last_login_precision}. Finer parts are cut off.
 */
public enum Precision {
  /** Seconds: Dovecot's default. */
  SECONDS("s", ChronoUnit.SECONDS),
  /** Milliseconds. */
  MILLISECONDS("ms", ChronoUnit.MILLIS),
  /** Microseconds. */
  MICROSECONDS("us", ChronoUnit.MICROS),
  /** Nanoseconds; they end in the year 2262. */
  NANOSECONDS("ns", ChronoUnit.NANOS);

  private final String configName;
  private final ChronoUnit unit;

  Precision(String configName, ChronoUnit unit) {
    this.configName = configName;
    this.unit = unit;
  }

  /** The name that stands for this precision in a configuration: s, ms, us or ns. */
  public String configName() {
    return configName;
  }

  /** The precision of that name in a configuration. */
  public static Optional<Precision> ofConfigName(String name) {
    return Arrays.stream(values()).filter(unit -> unit.configName.equals(name)).findFirst();
  }

  /**
   * The number that stands for a time.
   *
   * @throws ArithmeticException if it has more than 64 bits
   */
  public long toNumber(Instant time) {
    // Not Instant.until: on JDK 17 it counts in nanoseconds first, which end in 2262.
    long unitsPerSecond = ChronoUnit.SECONDS.getDuration().dividedBy(unit.getDuration());
    long whole = Math.multiplyExact(time.getEpochSecond(), unitsPerSecond);
    return Math.addExact(whole, time.getNano() / unit.getDuration().toNanos());
  }

  /** The time that a number stands for. */
  public Instant toTime(long number) {
    return Instant.EPOCH.plus(number, unit);
  }

  /** A time without what this precision cuts off. */
  public Instant truncate(Instant time) {
    return time.truncatedTo(unit);
  }
}
