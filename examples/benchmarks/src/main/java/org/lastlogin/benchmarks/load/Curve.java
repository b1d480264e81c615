package org.lastlogin.benchmarks.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lastlogin.benchmarks.Latencies;

/**
 * Collects latencies of dicts of different sizes in rounds, each of which measures all dicts. Not
 * thread-safe.
 */
final class Curve {
  private final List<Integer> sizes;
  private final Map<SizedAction, List<List<Latencies>>> rounds = new EnumMap<>(SizedAction.class);

  /** Creates an empty curve of dicts of these sizes; the first one is the base of the ratios. */
  Curve(List<Integer> sizes) {
    this.sizes = List.copyOf(sizes);
  }

  /** Adds a round of an action, with the dicts in the order of the sizes. */
  void add(SizedAction action, List<Latencies> round) {
    if (round.size() != sizes.size()) {
      throw new IllegalArgumentException(
          "The round has " + round.size() + " dicts, not " + sizes.size());
    }
    rounds.computeIfAbsent(action, any -> new ArrayList<>()).add(List.copyOf(round));
  }

  /** Returns an action's median time with a dict, in microseconds, over the rounds' medians. */
  double medianMicros(SizedAction action, int dict) {
    return Median.of(of(action), round -> round.get(dict).medianMicros());
  }

  /**
   * Returns the ratio of an action's time with a dict to its time with the first dict: the median
   * of the ratios of all rounds, which does not depend on the machine's speed in each round.
   */
  double ratio(SizedAction action, int dict) {
    return Median.of(of(action), round -> round.get(dict).ratioTo(round.get(0)));
  }

  private List<List<Latencies>> of(SizedAction action) {
    return rounds.getOrDefault(action, List.of());
  }

  /** Returns the figures as a table. */
  String table() {
    StringBuilder table = new StringBuilder(String.format("%12s", "rows"));
    for (SizedAction action : SizedAction.values()) {
      table.append(String.format("%12s %8s", action + ", us", "ratio"));
    }
    for (int dict = 0; dict < sizes.size(); dict++) {
      table.append(String.format("%n%12d", sizes.get(dict)));
      for (SizedAction action : SizedAction.values()) {
        table.append(
            String.format(
                Locale.ROOT, "%12.0f %8.2f", medianMicros(action, dict), ratio(action, dict)));
      }
    }
    return table.toString();
  }
}
