package org.lastlogin.map;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Branches by their text: a hash table that is asked for a part of a key without cutting it out.
 * Not safe for use by several threads while branches are added.
 */
final class BranchTable {

  /** Makes a branch. */
  interface Maker {
    PatternBranch make(String text, int hash, int index);
  }

  /** Odd and large, so that texts that differ in few bits do not have one hash. */
  private static final int MULTIPLIER = 0x9E3779B1;

  /** Brings all bits of a hash into the lower ones, which the slot depends on. */
  private static final int MIXER = 0x85EBCA6B;

  private final Maker maker;

  /** At most half full; a branch is in the first free slot from the one of its hash on. */
  private @Nullable PatternBranch[] slots = new PatternBranch[2];

  private int size;
  private int[] lengths = {};

  BranchTable(Maker maker) {
    this.maker = maker;
  }

  /**
   * Returns the hash of a text, a part of which is hashed already.
   *
   * @param hash the hash of what is before; 0 for nothing
   */
  static int hash(int hash, String text, int from, int to) {
    int result = hash;
    for (int i = from; i < to; i++) {
      result = result * MULTIPLIER + text.charAt(i);
    }
    return result;
  }

  /** The lengths that the branches' texts have, the shortest first. */
  int[] lengths() {
    return lengths;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The branch whose text is a part of a key, or {@code null}. */
  @Nullable PatternBranch find(int hash, String key, int from, int to) {
    PatternBranch[] table = slots;
    int mask = table.length - 1;
    for (int i = slot(hash, mask); table[i] != null; i = (i + 1) & mask) {
      if (table[i].hash() == hash && table[i].is(key, from, to)) {
        return table[i];
      }
    }
    return null;
  }

  /** The branch with a text; a new one if there is none. */
  PatternBranch findOrAdd(String text, int index) {
    int hash = hash(0, text, 0, text.length());
    PatternBranch found = find(hash, text, 0, text.length());
    if (found != null) {
      return found;
    }
    PatternBranch branch = maker.make(text, hash, index);
    if (++size * 2 > slots.length) {
      grow();
    }
    put(slots, branch);
    addLength(text.length());
    return branch;
  }

  private void grow() {
    PatternBranch[] larger = new PatternBranch[slots.length * 2];
    for (PatternBranch branch : slots) {
      if (branch != null) {
        put(larger, branch);
      }
    }
    slots = larger;
  }

  private static void put(@Nullable PatternBranch[] table, PatternBranch branch) {
    int mask = table.length - 1;
    int i = slot(branch.hash(), mask);
    while (table[i] != null) {
      i = (i + 1) & mask;
    }
    table[i] = branch;
  }

  private static int slot(int hash, int mask) {
    int mixed = (hash ^ (hash >>> 16)) * MIXER;
    return (mixed ^ (mixed >>> 16)) & mask;
  }

  private void addLength(int length) {
    int place = Arrays.binarySearch(lengths, length);
    if (place < 0) {
      lengths = Arrays.copyOf(lengths, lengths.length + 1);
      lengths[lengths.length - 1] = length;
      Arrays.sort(lengths);
    }
  }
}
