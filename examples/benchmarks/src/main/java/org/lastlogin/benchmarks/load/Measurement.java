package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * What a load on a server has cost. Immutable.
 *
 * @param result what came of it
 * @param daemonSeconds the processor time of the dict server
 * @param databaseSeconds that of its database
 * @param memoryBytes the dict server's memory at the end
 */
record Measurement(
    LoadResult result, double daemonSeconds, double databaseSeconds, long memoryBytes) {
  private static final double THOUSAND = 1000;
  private static final double MIB = 1 << 20;

  /**
   * Puts a load on a server.
   *
   * @throws IllegalStateException if a request fails
   */
  static Measurement of(
      Load load, Requests requests, Duration duration, ProcessTree daemon, ProcessTree database)
      throws IOException {
    double daemonBefore = daemon.cpuSeconds();
    double databaseBefore = database.cpuSeconds();
    LoadResult result = LoadGenerator.run(load, requests, duration).requireNoFailure();
    return new Measurement(
        result,
        daemon.cpuSeconds() - daemonBefore,
        database.cpuSeconds() - databaseBefore,
        daemon.memoryBytes());
  }

  /** How many requests were answered in a second. */
  double perSecond() {
    return result.perSecond();
  }

  /** What a half of the requests took at most, in microseconds. */
  double medianMicros() {
    return result.latencies().medianMicros();
  }

  /** What 99 of 100 requests took at most, in microseconds. */
  double p99Micros() {
    return result.latencies().p99Micros();
  }

  /** The processor time of server and database for 1,000 requests. */
  double cpuSecondsPerThousand() {
    return (daemonSeconds + databaseSeconds) * THOUSAND / result.latencies().count();
  }

  /** The server's memory. */
  double memoryMib() {
    return memoryBytes / MIB;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%7.0f/s, p50 %6.0f us, p99 %6.0f us, CPU per 1,000 %.3f s (of %.2f s the database %.2f s), %.0f MiB; the generator %.2f s",
        perSecond(),
        medianMicros(),
        p99Micros(),
        cpuSecondsPerThousand(),
        daemonSeconds + databaseSeconds,
        databaseSeconds,
        memoryMib(),
        result.cpu().toMillis() / THOUSAND);
  }
}
