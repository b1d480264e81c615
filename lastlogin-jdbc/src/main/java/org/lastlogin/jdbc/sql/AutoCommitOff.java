package org.lastlogin.jdbc.sql;

/** What a connection is used for whose auto-commit is off when it is lent. */
public enum AutoCommitOff {
  /** Nothing: it may be part of the host's transaction. */
  REFUSE,
  /** As part of the host's transaction, which it does not end. */
  JOIN,
  /** With commits and rollbacks: it is the pool that switches auto-commit off. */
  OWN
}
