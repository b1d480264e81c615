package org.lastlogin.jdbc;

import java.sql.SQLException;
import org.lastlogin.jdbc.group.GroupFailure.Kind;
import org.lastlogin.jdbc.sql.Database;
import org.lastlogin.jdbc.sql.JoinedException;
import org.lastlogin.jdbc.sql.JoinedException.Fate;
import org.lastlogin.jdbc.sql.SqlErrors;

/** Tells what a database's errors mean for a group of commits or lookups. */
final class FailureKinds {
  private FailureKinds() {}

  /** What kind of failure of a group an error is. */
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
}
