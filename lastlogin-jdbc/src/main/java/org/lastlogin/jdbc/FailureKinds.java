package org.lastlogin.jdbc;

import java.sql.SQLException;
import org.lastlogin.jdbc.group.GroupFailure.Kind;
import org.lastlogin.jdbc.sql.Database;
import org.lastlogin.jdbc.sql.JoinedException;
import org.lastlogin.jdbc.sql.JoinedException.Fate;
import org.lastlogin.jdbc.sql.SlowStatementException;
import org.lastlogin.jdbc.sql.SqlErrors;

/**
 * Maps the errors of a database to failures of a group, which say whether a retry may help. An
 * unreachable database is not waited for: the pool has done that already.
 */
final class FailureKinds {
  private FailureKinds() {}

  /** Returns what kind of failure of a group an error is. */
  static Kind of(SQLException e) {
    if (e instanceof Database.UnreachableException) {
      return Kind.HOPELESS;
    }
    if (e instanceof Database.UncertainException) {
      return Kind.UNCERTAIN;
    }
    if (e instanceof JoinedException joined) {
      // The same transaction cannot be begun again here, nor the same connection opened.
      return SqlErrors.isKeyGone(e) && joined.fate() == Fate.UNTOUCHED
          ? Kind.TRANSIENT
          : Kind.REFUSED;
    }
    if (SqlErrors.isTransient(e) || SqlErrors.isSilence(e) || SqlErrors.isKeyGone(e)) {
      return Kind.TRANSIENT;
    }
    return SqlErrors.isTimeout(e) ? Kind.BUSY : Kind.REFUSED;
  }

  /**
   * Returns the kind of failure of a single item whose statements had the usual time limit. It
   * waits for a lock that long, and is not retried then: the lock is likely to be held for longer
   * still.
   */
  static Kind ofLastTry(SQLException e) {
    Kind kind = of(e);
    boolean tookAllItsTime =
        SqlErrors.find(e, SlowStatementException.class)
            .filter(SlowStatementException::tookAllItsTime)
            .isPresent();
    return kind == Kind.BUSY && tookAllItsTime ? Kind.REFUSED : kind;
  }
}
