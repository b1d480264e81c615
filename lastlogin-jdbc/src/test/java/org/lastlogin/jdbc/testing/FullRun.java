package org.lastlogin.jdbc.testing;

import java.util.Optional;

/** Tells whether this is a run with all peers, which takes long: {@code mvn verify -Pfull}. */
public final class FullRun {
  private FullRun() {}

  /** Returns what keeps further databases and Dovecots from being used, and what to do about it. */
  public static Optional<String> missing() {
    return Boolean.getBoolean("lastlogin.full")
        ? Optional.empty()
        : Optional.of("Further databases and Dovecots are tested with mvn verify -Pfull");
  }
}
