package org.lastlogin.jdbc.sql;

import java.sql.SQLException;
import java.time.Duration;

/**
 * A statement ran out of time. Databases and drivers have a dozen ways to say so, and few of them
 * mention the lock that was the reason.
 */
final class SlowStatementException extends SQLException {
  private static final long serialVersionUID = 1L;

  private final transient Sql statement;
  private final Duration elapsed;
  private final boolean lock;

  private SlowStatementException(
      Sql statement, Duration elapsed, boolean lock, SQLException cause) {
    super(words(elapsed, lock), cause.getSQLState(), cause.getErrorCode(), cause);
    this.statement = statement;
    this.elapsed = elapsed;
    this.lock = lock;
  }

  private static String words(Duration elapsed, boolean lock) {
    String time = elapsed.toSeconds() > 0 ? elapsed.toSeconds() + " s" : elapsed.toMillis() + " ms";
    return lock
        ? "waited " + time + " for a lock that another transaction holds"
        : "took longer than " + time;
  }

  /**
   * The failure of a statement in words that name its reason; others are returned as they are.
   *
   * @param limit the time that the statement had
   * @param elapsed the time that it took
   */
  static SQLException named(SQLException e, Sql statement, Duration limit, Duration elapsed) {
    boolean lock = SqlErrors.isLockWait(e);
    return lock || (SqlErrors.isTimeout(e) && elapsed.compareTo(limit) >= 0)
        ? new SlowStatementException(statement, elapsed, lock, e)
        : e;
  }

  /**
   * The same failure, now that a lock is known to be its reason.
   *
   * @param whole the failure with what is known of its place
   */
  SlowStatementException becauseOfALock(SQLException whole) {
    return new SlowStatementException(statement, elapsed, true, whole);
  }

  /** Whether it is known that it waited for a lock. */
  boolean isOfALock() {
    return lock;
  }

  /** The statement that took so long. */
  Sql statement() {
    return statement;
  }
}
