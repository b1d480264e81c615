package org.lastlogin.jdbc.sql;

/** The use of a connection whose auto-commit is off when it is borrowed. */
public enum AutoCommitOff {
  /** Nothing: it may be part of the host's transaction. */
  REFUSE,
  /** As part of the host's transaction, which it does not end. */
  JOIN,
  /** With commits and rollbacks: the pool switches auto-commit off. */
  OWN
}
