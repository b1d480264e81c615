package org.lastlogin.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;

/** How long something took, many times. Immutable. */
public final class Latencies {
  /** Nothing measured yet. */
  static final Latencies NONE = new Latencies(new long[0]);

  private static final double NANOS_PER_MICRO = 1000;

  private final long[] sortedNanos;

  private Latencies(long[] sortedNanos) {
    this.sortedNanos = sortedNanos;
  }

  /** Something that talks to a server. */
  @FunctionalInterface
  public interface Action {
    void run() throws IOException;
  }

  /** Those that were measured elsewhere, in nanoseconds and any order. */
  public static Latencies ofNanos(long... nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Latencies(sorted);
  }

  /** Does it as often as that, one after the other. */
  public static Latencies measure(int times, Action action) throws IOException {
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      action.run();
      nanos[i] = System.nanoTime() - start;
    }
    return ofNanos(nanos);
  }

  /** How many were measured. */
  public int count() {
    return sortedNanos.length;
  }

  /** These and others together. */
  Latencies and(Latencies others) {
    return new Latencies(
        LongStream.concat(Arrays.stream(sortedNanos), Arrays.stream(others.sortedNanos))
            .sorted()
            .toArray());
  }

  /** What a half of them took at most, in microseconds; not a number if there are none. */
  public double medianMicros() {
    return micros(sortedNanos.length / 2);
  }

  /** What 99 of 100 took at most, in microseconds; not a number if there are none. */
  public double p99Micros() {
    return micros((int) (sortedNanos.length * 99L / 100));
  }

  private double micros(int index) {
    return sortedNanos.length == 0 ? Double.NaN : sortedNanos[index] / NANOS_PER_MICRO;
  }

  /** How many times as long as others they took, by their medians. */
  public double ratioTo(Latencies others) {
    return medianMicros() / others.medianMicros();
  }

  /** For the reader, in microseconds. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "median %.0f us, 99 of 100 within %.0f us", medianMicros(), p99Micros());
  }
}
