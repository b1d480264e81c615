package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * Cost of a load on a server. Immutable.
 *
 * @param result the result of the load
 * @param daemonSeconds the CPU time of the dict server
 * @param databaseSeconds the CPU time of its database
 * @param memoryBytes the dict server's memory at the end
 */
record Measurement(
    LoadResult result, double daemonSeconds, double databaseSeconds, long memoryBytes) {
  private static final double THOUSAND = 1000;
  private static final double MIB = 1 << 20;

  /**
   * Loads a server.
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

  /** Returns the number of answered requests per second. */
  double perSecond() {
    return result.perSecond();
  }

  /** Returns the median latency in microseconds. */
  double medianMicros() {
    return result.latencies().medianMicros();
  }

  /** Returns the 99th percentile of the latencies in microseconds. */
  double p99Micros() {
    return result.latencies().p99Micros();
  }

  /** Returns the CPU time of server and database for 1,000 requests. */
  double cpuSecondsPerThousand() {
    return (daemonSeconds + databaseSeconds) * THOUSAND / result.latencies().count();
  }

  /** Returns the server's memory in MiB. */
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
