package org.lastlogin.benchmarks.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of what was measured several times. */
final class Median {
  private Median() {}

  /**
   * The median of a figure of some things: of an even number of them the mean of the two in the
   * middle.
   */
  static <T> double of(List<T> things, ToDoubleFunction<? super T> figure) {
    double[] sorted = things.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("Nothing has no median");
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
