package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.util.Locale;
import org.lastlogin.benchmarks.Latencies;

/** Actions that are measured with dicts of different sizes. */
enum SizedAction {
  /** A look-up of one existing key. */
  LOOKUP,
  /** A commit that sets one existing key. */
  SET,
  /** An iteration of one domain. */
  ITERATE;

  /** Repeats the action, and returns the latencies. */
  Latencies measure(SizedDict dict, int times) throws IOException {
    return switch (this) {
      case LOOKUP -> Latencies.measure(times, dict::lookup);
      case SET -> Latencies.measure(times, dict::set);
      case ITERATE -> Latencies.measure(times, dict::iterate);
    };
  }

  /** Returns the action's name as printed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
