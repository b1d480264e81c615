package org.lastlogin.jdbc.sql;

import java.sql.SQLException;

/** A call that joined the host's transaction failed, and cannot be tried again by itself. */
public final class JoinedException extends SQLException {
  private static final long serialVersionUID = 1L;

  /** The fate of the host's transaction. */
  public enum Fate {
    /** It goes on; the changes of the call are undone. */
    UNTOUCHED(""),
    /** The database has rolled all of it back. */
    ENDED(
        "; the transaction that this call joined has ended, and the database has rolled back all of"
            + " it: begin it again"),
    /** The changes of the call could not be undone. */
    UNKNOWN(
        "; the changes of this call could not be undone: roll back the transaction that it joined");

    private final String words;

    Fate(String words) {
      this.words = words;
    }
  }

  private final Fate fate;

  JoinedException(SQLException cause, Fate fate) {
    super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
    this.fate = fate;
  }

  public Fate fate() {
    return fate;
  }

  /** Returns advice about the transaction, to be added to a message; empty if none is needed. */
  String advice() {
    return fate.words;
  }
}
