package org.lastlogin.dict;

import java.util.Objects;

/** One change within a {@link DictTransaction}. Immutable. */
public sealed interface DictOperation {

  /** The key that changes. */
  String key();

  /**
   * Gives a key a value, whether it exists or not.
   *
   * @param key the key
   * @param value its new value
   */
  record Set(String key, String value) implements DictOperation {
    public Set {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * Removes a key; nothing happens if it does not exist.
   *
   * @param key the key
   */
  record Unset(String key) implements DictOperation {
    public Unset {
      Objects.requireNonNull(key, "key");
    }
  }

  /**
   * Adds to the number under a key that exists.
   *
   * @param key the key
   * @param difference what to add; negative to subtract
   */
  record Increment(String key, long difference) implements DictOperation {
    public Increment {
      Objects.requireNonNull(key, "key");
    }
  }

  /**
   * Adds text after the value of a key that exists.
   *
   * @param key the key
   * @param suffix what to append
   */
  record Append(String key, String suffix) implements DictOperation {
    public Append {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(suffix, "suffix");
    }
  }
}
