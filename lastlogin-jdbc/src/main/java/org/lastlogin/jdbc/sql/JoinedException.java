package org.lastlogin.jdbc.sql;

import java.sql.SQLException;

/** A call that joined the host's transaction failed; its own changes are undone. */
public final class JoinedException extends SQLException {
  private static final long serialVersionUID = 1L;

  private final boolean ended;

  /**
   * A failure.
   *
   * @param ended whether the host's transaction ended with it
   */
  JoinedException(SQLException cause, boolean ended) {
    super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
    this.ended = ended;
  }

  /** Whether the database has rolled back the host's whole transaction. */
  public boolean hasEnded() {
    return ended;
  }
}
