package org.lastlogin.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/** What went wrong: how often, and the first few in words. Not safe for use by several threads. */
final class Failures {
  private static final int MOST_TEXTS = 10;

  private final List<String> texts = new ArrayList<>();
  private long count;

  /** Counts requests that failed for one reason. */
  void add(long requests, String why) {
    count += requests;
    if (texts.size() < MOST_TEXTS) {
      texts.add(why);
    }
  }

  /** How many requests failed. */
  long count() {
    return count;
  }

  /** What the first ones said. */
  List<String> texts() {
    return List.copyOf(texts);
  }
}
