package org.lastlogin.dict;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The users who see a key, given by the first segment of the key. */
public enum DictScope {
  /** Keys that every user has for themselves. */
  PRIVATE("priv/"),
  /** Keys that all users share. */
  SHARED("shared/");

  private final String prefix;

  DictScope(String prefix) {
    this.prefix = prefix;
  }

  /** Returns what a key of this scope begins with, slash included. */
  public String prefix() {
    return prefix;
  }

  /** The scope of a key or path, or {@code null} if it begins with neither prefix. */
  public static @Nullable DictScope of(String key) {
    if (key.startsWith(SHARED.prefix)) {
      return SHARED;
    }
    return key.startsWith(PRIVATE.prefix) ? PRIVATE : null;
  }

  /**
   * The scope of a key or path that is about to be used in a context.
   *
   * @throws DictException if the key begins with neither prefix, or is private and the context has
   *     no user
   */
  public static DictScope require(String key, DictContext context) {
    Objects.requireNonNull(context, "context");
    DictScope scope = of(key);
    if (scope == null) {
      throw new DictException("Invalid key: " + key + " (a key begins with priv/ or shared/)");
    }
    if (scope == PRIVATE && !context.hasUser()) {
      throw new DictException("Invalid key: " + key + " (a priv/ key needs a user name)");
    }
    return scope;
  }
}
