package org.lastlogin.dictproto;

/** What distinguishes one {@linkplain DictVersion version} of the protocol from another. */
public enum Capability {
  /**
   * Replies carry the number of their command and come in any order; without this, a reply carries
   * nothing and comes in the order of the commands.
   */
  ASYNC_REPLIES,
  /** Final replies end with the times at which the command began and ended. */
  TIMINGS,
  /** A reply that something failed says why, and may say that the outcome is uncertain. */
  ERROR_TEXTS,
  /**
   * A text may hold NUL and CR, as escape sequences; without this, CR stands for itself and NUL
   * cannot be.
   */
  ALL_ESCAPES,
  /** An iteration states how many rows it wants at most. */
  ROW_LIMIT,
  /** There is a second commit command, whose answer is marked. */
  ASYNC_COMMIT,
  /** There is a command that appends to a value. */
  APPEND,
  /** The answer to a lookup may hold several values. */
  SEVERAL_VALUES,
  /** The user stands in every command instead of in HELLO. */
  USER_PER_COMMAND,
  /**
   * A row of an iteration may hold several values, and errors about values count the fields that
   * failed.
   */
  SEVERAL_ROW_VALUES,
  /**
   * Every server knows the command that states the time of a write. A server here takes it in any
   * version, since the releases of one version differ in it.
   */
  TIMESTAMPS,
  /**
   * Likewise for the command that keeps values out of the log; Dovecot 2.3.21 has it, 2.3.20 not.
   */
  HIDDEN_VALUES,
  /** A transaction may state when what it sets expires. */
  EXPIRY;

  /** A bit for each. */
  @SuppressWarnings("EnumOrdinal") // Nobody stores it.
  int bit() {
    return 1 << ordinal();
  }
}
