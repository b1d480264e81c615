package org.lastlogin.dict;

import java.util.Objects;

/**
 * On whose behalf a dict is used. Immutable.
 *
 * @param username the user whose {@code priv/} keys are meant; empty when there is none, which
 *     suffices for {@code shared/} keys
 */
public record DictContext(String username) {

  /** The context without a user. */
  public static final DictContext NO_USER = new DictContext("");

  public DictContext {
    Objects.requireNonNull(username, "username");
  }

  /** The context of a user; without one if the name is empty. */
  public static DictContext of(String username) {
    return username.isEmpty() ? NO_USER : new DictContext(username);
  }

  /** Returns whether there is a user. */
  public boolean hasUser() {
    return !username.isEmpty();
  }
}
