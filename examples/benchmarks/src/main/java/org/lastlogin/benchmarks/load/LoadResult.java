package org.lastlogin.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.lastlogin.benchmarks.Latencies;

/**
 * What came of a load. Immutable.
 *
 * @param latencies of the requests that were answered as they should be
 * @param elapsed from the first request to the last answer
 * @param cpu the processor time of this program meanwhile, in which it shares the processors with
 *     the server
 * @param failures how many requests were answered otherwise, or not at all
 * @param failureTexts the first few of these
 */
record LoadResult(
    Latencies latencies, Duration elapsed, Duration cpu, long failures, List<String> failureTexts) {
  private static final double NANOS_PER_SECOND = 1e9;

  LoadResult {
    failureTexts = List.copyOf(failureTexts);
  }

  /** How many requests were answered in a second. */
  double perSecond() {
    return latencies.count() / (elapsed.toNanos() / NANOS_PER_SECOND);
  }

  /**
   * Checks that all went well, and that there was something.
   *
   * @throws IllegalStateException if not; the message has the failures
   */
  LoadResult requireNoFailure() {
    if (failures > 0) {
      throw new IllegalStateException(
          failures + " requests failed:\n  " + String.join("\n  ", failureTexts));
    }
    if (latencies.count() == 0) {
      throw new IllegalStateException("Nothing was asked");
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
