package org.lastlogin.benchmarks.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lastlogin.benchmarks.Latencies;

/**
 * What dicts of different sizes took, in rounds in each of which all had their turn. Not safe for
 * use by several threads.
 */
final class Curve {
  private final List<Integer> sizes;
  private final Map<SizedAction, List<List<Latencies>>> rounds = new EnumMap<>(SizedAction.class);

  /** Nothing measured yet of dicts of these sizes; the first is what the others are compared to. */
  Curve(List<Integer> sizes) {
    this.sizes = List.copyOf(sizes);
  }

  /** Adds a round of an action, with the dicts in the order of the sizes. */
  void add(SizedAction action, List<Latencies> round) {
    if (round.size() != sizes.size()) {
      throw new IllegalArgumentException(round.size() + " were measured, not " + sizes.size());
    }
    rounds.computeIfAbsent(action, any -> new ArrayList<>()).add(List.copyOf(round));
  }

  /** What an action took with a dict, in microseconds: the median of the rounds' medians. */
  double medianMicros(SizedAction action, int dict) {
    return Median.of(of(action), round -> round.get(dict).medianMicros());
  }

  /**
   * What an action took with a dict for what it took with the first: the median of the ratios of
   * all rounds, which does not mind that the machine is faster in some of them.
   */
  double ratio(SizedAction action, int dict) {
    return Median.of(of(action), round -> round.get(dict).ratioTo(round.get(0)));
  }

  private List<List<Latencies>> of(SizedAction action) {
    return rounds.getOrDefault(action, List.of());
  }

  /** The figures, for the reader. */
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
