package org.lastlogin.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Collects the measurements of two servers in turn, in one mode. Not thread-safe. */
final class Rounds {
  private final List<Round> rounds = new ArrayList<>();

  private record Round(Measurement dovecot, Measurement ours) {}

  /** Adds a round: the measurement of each server, one after the other. */
  void add(Measurement dovecot, Measurement ours) {
    rounds.add(new Round(dovecot, ours));
  }

  /** Returns the ratio of our figure to Dovecot's: the median of the ratios of all rounds. */
  double ratio(ToDoubleFunction<Measurement> figure) {
    return Median.of(
        rounds, round -> figure.applyAsDouble(round.ours) / figure.applyAsDouble(round.dovecot));
  }

  /** Returns the figures as a table. */
  String table() {
    return String.format("  %-22s %12s %12s %8s%n", "median", "Dovecot", "lastlogin", "ratio")
        + line("per second", "%.0f", Measurement::perSecond)
        + line("p50, us", "%.0f", Measurement::medianMicros)
        + line("p99, us", "%.0f", Measurement::p99Micros)
        + line("CPU per 1,000, s", "%.3f", Measurement::cpuSecondsPerThousand)
        + line("memory, MiB", "%.0f", Measurement::memoryMib);
  }

  private String line(String name, String format, ToDoubleFunction<Measurement> figure) {
    return String.format(
        Locale.ROOT,
        "  %-22s %12s %12s %8.2f%n",
        name,
        median(format, figure, true),
        median(format, figure, false),
        ratio(figure));
  }

  private String median(String format, ToDoubleFunction<Measurement> figure, boolean ofDovecot) {
    return String.format(
        Locale.ROOT,
        format,
        Median.of(rounds, round -> figure.applyAsDouble(ofDovecot ? round.dovecot : round.ours)));
  }
}
