package org.lastlogin.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/** Counts failures and keeps the first few messages. Not thread-safe. */
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

  /** Returns the number of failed requests. */
  long count() {
    return count;
  }

  /** Returns the first few messages. */
  List<String> texts() {
    return List.copyOf(texts);
  }
}
