package org.lastlogin.jdbc.testing;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What became of the writes to one key, in their order, and what it may therefore have in the end:
 * the value of the last write that was made for sure, or of a later one of which nobody knows. Not
 * safe for use by several threads.
 */
public final class KeyHistory {
  private final Set<Optional<String>> possible = new HashSet<>(Set.of(Optional.empty()));

  /**
   * The next write was answered.
   *
   * @param value what the key was to have, or nothing if it was to be removed
   */
  public void answered(Optional<String> value, CommitAnswer answer) {
    switch (answer) {
      case COMMITTED -> {
        possible.clear();
        possible.add(value);
      }
      case UNKNOWN -> possible.add(value);
      case FAILED, NOT_FOUND -> {
        // Not made: nothing changes.
      }
    }
  }

  /** What the key may have. */
  public Set<Optional<String>> possible() {
    return Set.copyOf(possible);
  }
}
