package org.lastlogin.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.lastlogin.benchmarks.Latencies;

/**
 * Result of a load. Immutable.
 *
 * @param latencies the latencies of the successful requests
 * @param elapsed the time from the first request to the last answer
 * @param cpu the CPU time of this program meanwhile, which shares the processors with the server
 * @param failures the number of requests with a wrong answer or none
 * @param failureTexts the messages of the first few failures
 */
record LoadResult(
    Latencies latencies, Duration elapsed, Duration cpu, long failures, List<String> failureTexts) {
  private static final double NANOS_PER_SECOND = 1e9;

  LoadResult {
    failureTexts = List.copyOf(failureTexts);
  }

  /** Returns the number of answered requests per second. */
  double perSecond() {
    return latencies.count() / (elapsed.toNanos() / NANOS_PER_SECOND);
  }

  /**
   * Checks that there were requests and that all succeeded.
   *
   * @throws IllegalStateException if not; its message lists the failures
   */
  LoadResult requireNoFailure() {
    if (failures > 0) {
      throw new IllegalStateException(
          failures + " requests failed:\n  " + String.join("\n  ", failureTexts));
    }
    if (latencies.count() == 0) {
      throw new IllegalStateException("No requests were sent");
    }
    return this;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.0f in a second (%d in %.1f s), %s, %d failed; the generator took %.2f s of CPU",
        perSecond(),
        latencies.count(),
        elapsed.toNanos() / NANOS_PER_SECOND,
        latencies,
        failures,
        cpu.toNanos() / NANOS_PER_SECOND);
  }
}
