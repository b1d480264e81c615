package org.lastlogin.jdbc;

import java.sql.SQLException;
import org.lastlogin.jdbc.group.GroupFailure.Kind;
import org.lastlogin.jdbc.sql.Database;
import org.lastlogin.jdbc.sql.JoinedException;
import org.lastlogin.jdbc.sql.JoinedException.Fate;
import org.lastlogin.jdbc.sql.SlowStatementException;
import org.lastlogin.jdbc.sql.SqlErrors;

/** Tells what a database's errors mean for a group of commits or lookups. */
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
   * Returns what kind of failure an error is of something that is tried again by itself, with all
   * the time that a statement may take: a lock is waited for once as long, and no longer.
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
