package org.lastlogin.map;

import org.jspecify.annotations.Nullable;

/**
 * A segment of patterns that begin alike, and where it leads. Not safe for use by several threads
 * while maps are added.
 */
abstract sealed class PatternBranch {
  private final String text;
  private final int hash;
  private final int first;
  private final Indexes ends = new Indexes();
  private @Nullable PatternNode next;

  private PatternBranch(String text, int hash, int first) {
    this.text = text;
    this.hash = hash;
    this.first = first;
  }

  /** The first of the maps that it belongs to. */
  int first() {
    return first;
  }

  int hash() {
    return hash;
  }

  /** Whether its text is this part of a key. */
  boolean is(String key, int from, int to) {
    return text.length() == to - from && key.startsWith(text, from);
  }

  /**
   * Adds a map whose pattern ends here.
   *
   * @param variables how many variables its last segment has
   */
  void addEnd(int index, int variables) {
    ends.add(index);
  }

  final Indexes ends() {
    return ends;
  }

  /** What follows behind a slash. */
  PatternNode next() {
    if (next == null) {
      next = new PatternNode();
    }
    return next;
  }

  /**
   * Finds the first map of a key among those behind this branch.
   *
   * @param at where the branch's text ends in the key
   * @param end where the key's segment ends
   * @param best the first map found elsewhere
   * @return what comes first
   */
  abstract int first(String key, int at, int end, int best);

  /** Finds all maps behind this branch; like {@link #first(String, int, int, int)}. */
  abstract void collect(String key, int at, int end, Extent extent, Indexes found);

  final int firstBehindSlash(String key, int end, int best) {
    return next == null || end == key.length() ? best : next.first(key, end + 1, best);
  }

  final void collectBehindSlash(String key, int end, Extent extent, Indexes found) {
    if (next != null && end < key.length()) {
      next.collect(key, end + 1, extent, found);
    }
  }

  /** A segment that is text. */
  static final class Text extends PatternBranch {
    Text(String text, int hash, int first) {
      super(text, hash, first);
    }

    @Override
    int first(String key, int at, int end, int best) {
      return end == key.length()
          ? Math.min(best, ends().first())
          : firstBehindSlash(key, end, best);
    }

    @Override
    void collect(String key, int at, int end, Extent extent, Indexes found) {
      if (end == key.length()) {
        found.addAll(ends());
      }
      collectBehindSlash(key, end, extent, found);
    }
  }

  /**
   * A segment that ends with a variable, or with several: then the first takes the segment, and
   * those between it and the last are empty.
   */
  static final class Variable extends PatternBranch {
    /** The maps whose last variable is not the segment's first: it begins at the next slash. */
    private final Indexes endsBehindAnother = new Indexes();

    Variable(String text, int hash, int first) {
      super(text, hash, first);
    }

    @Override
    void addEnd(int index, int variables) {
      if (variables == 1) {
        super.addEnd(index, variables);
      } else {
        endsBehindAnother.add(index);
      }
    }

    @Override
    int first(String key, int at, int end, int best) {
      int found = at < key.length() ? Math.min(best, ends().first()) : best;
      return end < key.length()
          ? firstBehindSlash(key, end, Math.min(found, endsBehindAnother.first()))
          : found;
    }

    @Override
    void collect(String key, int at, int end, Extent extent, Indexes found) {
      if (at < key.length()) {
        found.addAll(ends());
      }
      if (end < key.length()) {
        found.addAll(endsBehindAnother);
      }
      collectBehindSlash(key, end, extent, found);
    }
  }
}
