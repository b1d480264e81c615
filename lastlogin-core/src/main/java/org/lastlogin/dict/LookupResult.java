package org.lastlogin.dict;

import java.util.List;

/** The result of a lookup. Immutable. */
public sealed interface LookupResult {

  /** A key with this one value. */
  static LookupResult found(String value) {
    return new Found(List.of(value));
  }

  /** A key with several values, as a map with several value columns has them. */
  static LookupResult found(List<String> values) {
    return new Found(values);
  }

  /** No such key. */
  static LookupResult notFound() {
    return NotFound.INSTANCE;
  }

  /**
   * The key exists.
   *
   * @param values at least one value; a column that is NULL is an empty one
   */
  record Found(List<String> values) implements LookupResult {
    public Found {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("A key that was found has at least one value");
      }
    }

    /** The first value, which for most maps is the only one. */
    public String value() {
      return values.get(0);
    }
  }

  /** The key does not exist. */
  enum NotFound implements LookupResult {
    /** The only instance. */
    INSTANCE
  }
}
