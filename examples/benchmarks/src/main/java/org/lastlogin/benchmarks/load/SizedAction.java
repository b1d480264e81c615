package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.util.Locale;
import org.lastlogin.benchmarks.Latencies;

/** What is done to dicts of different sizes. */
enum SizedAction {
  /** A look-up of one key that is there. */
  LOOKUP,
  /** A commit that sets one key that is there. */
  SET,
  /** An iteration of one domain. */
  ITERATE;

  /** Does it as often as that, one after the other. */
  Latencies measure(SizedDict dict, int times) throws IOException {
    return switch (this) {
      case LOOKUP -> Latencies.measure(times, dict::lookup);
      case SET -> Latencies.measure(times, dict::set);
      case ITERATE -> Latencies.measure(times, dict::iterate);
    };
  }

  /** For the reader. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
