package org.lastlogin.benchmarks.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Calculates medians. */
final class Median {
  private Median() {}

  /**
   * Returns the median of a figure of the items; for an even number of items, the mean of the two
   * in the middle.
   */
  static <T> double of(List<T> things, ToDoubleFunction<? super T> figure) {
    double[] sorted = things.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("The median of no items is undefined");
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
