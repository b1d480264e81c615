package org.lastlogin.jdbc.sql;

import java.sql.SQLException;

/** A connection may be part of the host's transaction, and must not be used for that reason. */
final class HostTransactionException extends SQLException {
  private static final long serialVersionUID = 1L;

  HostTransactionException(String message) {
    super(message, "25000");
  }
}
