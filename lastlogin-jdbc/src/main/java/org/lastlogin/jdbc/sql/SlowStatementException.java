package org.lastlogin.jdbc.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A timeout of a statement. Databases and drivers report it in a dozen ways, and few of them
 * mention the lock that was the reason.
 */
public final class SlowStatementException extends SQLException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Sql statement;
  private final Duration elapsed;
  private final boolean lock;
  private final boolean tookAll;

  private SlowStatementException(
      @Nullable Sql statement,
      Duration elapsed,
      boolean lock,
      boolean tookAll,
      SQLException cause) {
    super(words(elapsed, lock), cause.getSQLState(), cause.getErrorCode(), cause);
    this.statement = statement;
    this.elapsed = elapsed;
    this.lock = lock;
    this.tookAll = tookAll;
  }

  private static String words(Duration elapsed, boolean lock) {
    if (!lock) {
      return "took longer than " + elapsed.toSeconds() + " s";
    }
    // SQLite does not wait at all where waiting cannot help.
    String waited = elapsed.toSeconds() > 0 ? "waited " + elapsed.toSeconds() + " s for" : "needs";
    return waited + " a lock that another transaction holds";
  }

  /**
   * Returns a timeout of a statement with its reason in words; returns other failures as they are.
   *
   * @param limit the time that the statement had
   * @param elapsed the time that it took
   */
  static SQLException named(SQLException e, Sql statement, Duration limit, Duration elapsed) {
    boolean lock = SqlErrors.isLockWait(e);
    boolean tookAll = elapsed.compareTo(limit) >= 0;
    return lock || (SqlErrors.isTimeout(e) && tookAll)
        ? new SlowStatementException(statement, elapsed, lock, tookAll, e)
        : e;
  }

  /** Returns the same for a commit. Only SQLite's waits for a lock. */
  static SQLException ofCommit(SQLException e, Duration elapsed) {
    return SqlErrors.isLockWait(e) ? new SlowStatementException(null, elapsed, true, false, e) : e;
  }

  /**
   * Returns the same failure with a lock as its reason.
   *
   * @param whole the failure with what is known of its place
   */
  SlowStatementException becauseOfALock(SQLException whole) {
    return new SlowStatementException(statement, elapsed, true, tookAll, whole);
  }

  /** Returns whether it is known that it waited for a lock. */
  boolean isOfALock() {
    return lock;
  }

  /** Returns whether it took all the time that it had, and did not fail earlier. */
  public boolean tookAllItsTime() {
    return tookAll;
  }

  /** Returns the statement that took so long; empty if it was a commit. */
  Optional<Sql> statement() {
    return Optional.ofNullable(statement);
  }
}
