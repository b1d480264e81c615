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

  /** Returns whether its text is this part of a key. */
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

  /**
   * What follows the slash that ends a key's segment; {@code null} if nothing does, or if the key
   * ends there.
   */
  @Nullable PatternNode next(String key, int end) {
    return end == key.length() ? null : next;
  }

  /** Returns what follows a slash, to add more to it. */
  PatternNode nextOrNew() {
    if (next == null) {
      next = new PatternNode();
    }
    return next;
  }

  /**
   * The first map of a key whose pattern ends here; {@link Indexes#NONE} if there is none.
   *
   * @param at where the branch's text ends in the key
   * @param end where the key's segment ends
   */
  abstract int firstEnd(String key, int at, int end);

  /** Finds all maps of a key whose patterns end here; like {@link #firstEnd}. */
  abstract void collectEnds(String key, int at, int end, Indexes found);

  /** A segment that is text. */
  static final class Text extends PatternBranch {
    Text(String text, int hash, int first) {
      super(text, hash, first);
    }

    @Override
    int firstEnd(String key, int at, int end) {
      return end == key.length() ? ends().first() : Indexes.NONE;
    }

    @Override
    void collectEnds(String key, int at, int end, Indexes found) {
      if (end == key.length()) {
        found.addAll(ends());
      }
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
    int firstEnd(String key, int at, int end) {
      int first = at < key.length() ? ends().first() : Indexes.NONE;
      return end < key.length() ? Math.min(first, endsBehindAnother.first()) : first;
    }

    @Override
    void collectEnds(String key, int at, int end, Indexes found) {
      if (at < key.length()) {
        found.addAll(ends());
      }
      if (end < key.length()) {
        found.addAll(endsBehindAnother);
      }
    }
  }
}
