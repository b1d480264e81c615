package org.lastlogin.map;

import java.util.Arrays;

/** Places of maps in their file. Not safe for use by several threads while it is filled. */
final class Indexes {
  /** After every place. */
  static final int NONE = Integer.MAX_VALUE;

  private static final int[] EMPTY = {};

  private int[] items = EMPTY;
  private int size;

  void add(int index) {
    if (size == items.length) {
      items = Arrays.copyOf(items, Math.max(1, size * 2));
    }
    items[size++] = index;
  }

  void addAll(Indexes others) {
    for (int i = 0; i < others.size; i++) {
      add(others.items[i]);
    }
  }

  /** Returns what was added first; {@link #NONE} if nothing was. */
  int first() {
    return size == 0 ? NONE : items[0];
  }

  /** All of them, in the order of the file. */
  int[] sorted() {
    int[] sorted = Arrays.copyOf(items, size);
    Arrays.sort(sorted);
    return sorted;
  }
}
