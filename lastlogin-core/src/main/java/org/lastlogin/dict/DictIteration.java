package org.lastlogin.dict;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * The rows that an {@linkplain Dict#iterate iteration} hands over, and how. Immutable.
 *
 * @param path where the keys begin, ending with a slash; with {@link Flag#EXACT_KEY} the key itself
 * @param flags how to iterate
 * @param maxRows after how many rows to stop; 0 for no limit
 * @param context on whose behalf
 */
public record DictIteration(String path, Set<Flag> flags, long maxRows, DictContext context) {

  /** The ways to iterate. */
  public enum Flag {
    /** Also the keys that lie more than one level below the path. */
    RECURSE,
    /** In the order of the keys. */
    SORT_BY_KEY,
    /** In the order of the values, unless that of the keys is asked for, too. */
    SORT_BY_VALUE,
    /** Keys alone: the rows have no values. */
    NO_VALUES,
    /** The path is a key; all its rows are wanted. */
    EXACT_KEY
  }

  public DictIteration {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(context, "context");
    flags = Set.copyOf(flags);
    if (maxRows < 0) {
      throw new IllegalArgumentException("The limit of rows is negative: " + maxRows);
    }
  }

  /** All rows directly below a path, or as the flags say. */
  public static DictIteration below(String path, DictContext context, Flag... flags) {
    Set<Flag> set = EnumSet.noneOf(Flag.class);
    set.addAll(Set.of(flags));
    return new DictIteration(path, set, 0, context);
  }

  /** Returns whether a flag is set. */
  public boolean has(Flag flag) {
    return flags.contains(flag);
  }
}
