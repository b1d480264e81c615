package org.lastlogin.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lastlogin.config.Mutants.Mutant;

/** How many mutants of how many are reported. */
final class ReportRate {
  private final Map<String, List<Boolean>> mistakes = new HashMap<>();

  void count(String file, Mutant mutant, boolean reported) {
    mistakes.computeIfAbsent(file + " " + mutant.place(), place -> new ArrayList<>()).add(reported);
  }

  /** Adds what was counted in other files. */
  void addAll(ReportRate others) {
    mistakes.putAll(others.mistakes);
  }

  /** The rate if every mutant counts. */
  double percentOfMutants() {
    return 100.0 * reported() / all();
  }

  private long reported() {
    return mistakes.values().stream().flatMap(List::stream).filter(reported -> reported).count();
  }

  private long all() {
    return mistakes.values().stream().mapToLong(List::size).sum();
  }

  /** The rate if every kind of mistake in every token counts once. */
  double percentOfMistakes() {
    return mistakes.values().stream()
        .mapToDouble(
            mutants ->
                100.0 * mutants.stream().filter(reported -> reported).count() / mutants.size())
        .average()
        .orElse(100);
  }

  @Override
  public String toString() {
    return String.format(
        "%.1f %% of %d mistakes (%d of %d mutants, %.1f %%)",
        percentOfMistakes(), mistakes.size(), reported(), all(), percentOfMutants());
  }
}
