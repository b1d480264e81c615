package org.lastlogin.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;

/** Latencies of a repeated action. Immutable. */
public final class Latencies {
  /** No latencies. */
  static final Latencies NONE = new Latencies(new long[0]);

  private static final double NANOS_PER_MICRO = 1000;

  private final long[] sortedNanos;

  private Latencies(long[] sortedNanos) {
    this.sortedNanos = sortedNanos;
  }

  /** An action to measure. */
  @FunctionalInterface
  public interface Action {
    void run() throws IOException;
  }

  /** Returns latencies that were measured elsewhere, in nanoseconds and any order. */
  public static Latencies ofNanos(long... nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Latencies(sorted);
  }

  /** Repeats an action, and returns its latencies. */
  public static Latencies measure(int times, Action action) throws IOException {
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      action.run();
      nanos[i] = System.nanoTime() - start;
    }
    return ofNanos(nanos);
  }

  /** Returns the number of latencies. */
  public int count() {
    return sortedNanos.length;
  }

  /** Returns these and other latencies together. */
  Latencies and(Latencies others) {
    return new Latencies(
        LongStream.concat(Arrays.stream(sortedNanos), Arrays.stream(others.sortedNanos))
            .sorted()
            .toArray());
  }

  /** Returns the median in microseconds; NaN if there are no latencies. */
  public double medianMicros() {
    return micros(sortedNanos.length / 2);
  }

  /** Returns the 99th percentile in microseconds; NaN if there are no latencies. */
  public double p99Micros() {
    return micros((int) (sortedNanos.length * 99L / 100));
  }

  private double micros(int index) {
    return sortedNanos.length == 0 ? Double.NaN : sortedNanos[index] / NANOS_PER_MICRO;
  }

  /** Returns the ratio of the median to that of others. */
  public double ratioTo(Latencies others) {
    return medianMicros() / others.medianMicros();
  }

  /** Returns the figures in microseconds. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "median %.0f us, 99 of 100 within %.0f us", medianMicros(), p99Micros());
  }
}
