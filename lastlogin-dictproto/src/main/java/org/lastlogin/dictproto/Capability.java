package org.lastlogin.dictproto;

/**
 * A capability of some {@linkplain DictVersion versions} of the protocol. A peer that uses what its
 * version lacks breaks the protocol, in replies as in commands, unless a capability says otherwise.
 */
public enum Capability {
  /**
   * Replies carry the number of their command and come in any order; without this, they carry no
   * number and come in the order of the commands.
   */
  ASYNC_REPLIES,
  /** Final replies end with the times at which the command began and ended. */
  TIMINGS,
  /** A reply to a failed command has an error text, and may state that the outcome is unknown. */
  ERROR_TEXTS,
  /**
   * A text may contain NUL and CR, as escape sequences; without this, CR is not escaped, and NUL
   * can be received but not sent, because clients of the version have no escape sequence for it.
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
  /** The user is in every command instead of in HELLO. */
  USER_PER_COMMAND,
  /**
   * A row of an iteration may hold several values, and errors about values count the fields that
   * failed.
   */
  SEVERAL_ROW_VALUES,
  /**
   * Every server knows the command that states the time of a write. This library's server accepts
   * it in any version, since the releases of one version differ in it.
   */
  TIMESTAMPS,
  /**
   * Likewise for the command that keeps values out of the log; Dovecot 2.3.21 has it, 2.3.20 not.
   */
  HIDDEN_VALUES,
  /** A transaction may state when the values that it sets expire. */
  EXPIRY;

  /** Returns a bit that no other capability has. */
  @SuppressWarnings("EnumOrdinal") // It is not stored.
  int bit() {
    return 1 << ordinal();
  }
}
