package org.lastlogin.jdbc;

/**
 * What becomes of a value that a row has already, when it is set anew. Increments and unsets do
 * what they are told under any policy.
 */
public enum WritePolicy {
  /** The last write wins, as in Dovecot's own dict server. */
  OVERWRITE,

  /**
   * The greater number wins, within the statement that writes, so that a write that comes late or
   * twice never moves a time back, from whichever process it comes. NULL is less than any number.
   * For values of the types uint, int and double; a column of text that holds numbers will do, but
   * not in PostgreSQL, which refuses to compare them.
   */
  KEEP_NEWEST
}
