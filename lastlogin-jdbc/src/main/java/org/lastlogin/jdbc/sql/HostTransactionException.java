package org.lastlogin.jdbc.sql;

import java.sql.SQLException;

/** A connection may be part of the host's transaction, and must not be used for that reason. */
final class HostTransactionException extends SQLException {
  private static final long serialVersionUID = 1L;

  private HostTransactionException(String message) {
    super(message, "25000");
  }

  static HostTransactionException unlessToldWhoseItIs() {
    return new HostTransactionException(
        "The connection's auto-commit is off, so it may be part of a transaction of the host"
            + " program. Choose TransactionMode.JOIN to take part in that, or TransactionMode.OWN"
            + " if it is the pool that switches auto-commit off");
  }

  static HostTransactionException beforeTablesAreCreated() {
    return new HostTransactionException(
        "The connection's auto-commit is off, so it may be part of a transaction of the host"
            + " program, and MySQL and MariaDB commit that before they create a table. Create"
            + " tables by a connection with auto-commit on");
  }
}
