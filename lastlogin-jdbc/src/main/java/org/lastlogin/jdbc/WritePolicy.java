package org.lastlogin.jdbc;

/**
 * The treatment of an existing value when its row is set again. Increments and unsets do not depend
 * on it.
 */
public enum WritePolicy {
  /** The last write wins, as in Dovecot's own dict server. */
  OVERWRITE,

  /**
   * The greater number wins, within the statement that writes. A late or repeated write never moves
   * a time back, from whatever process it comes. NULL is less than any number. For values of the
   * types uint, int and double; numbers in a column of text work, too, except in PostgreSQL, which
   * refuses to compare them.
   */
  KEEP_NEWEST
}
