package org.lastlogin.jdbc.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a statement that ran out of time had waited for a lock. MariaDB, MySQL and
 * PostgreSQL do not say so. The statement is executed once more with very little time for locks,
 * and undone. To limit the waiting beforehand would cost every commit two more statements; this
 * costs up to three seconds more for a statement that has failed. In a host's transaction it is
 * left out where {@code innodb_rollback_on_timeout} is on, because a lock timeout then ends that
 * transaction.
 */
final class LockProbe {
  private static final Logger log = LoggerFactory.getLogger(LockProbe.class);

  /** Enough for MySQL, which waits for a lock for a second at least, and looks once a second. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private LockProbe() {}

  /** Returns a failure with its reason, if that is a lock; else the failure as it is. */
  static SQLException explain(SQLException e, Lease lease) {
    Optional<SlowStatementException> slow = SqlErrors.find(e, SlowStatementException.class);
    return slow.isEmpty() || slow.get().isOfALock() || !waitsForALock(slow.get(), lease)
        ? e
        : slow.get().becauseOfALock(e);
  }

  private static boolean waitsForALock(SlowStatementException slow, Lease lease) {
    try {
      return lease.mayWaitForLocks() && tryOut(slow.statement().orElseThrow(), lease);
    } catch (SQLException e) {
      log.debug("The database was not asked for the reason of a time-out", e);
      return false;
    }
  }

  private static boolean tryOut(Sql statement, Lease lease) throws SQLException {
    SqlDialect dialect = lease.session().dialect();
    boolean waits = false;
    lease.mark();
    lease.execute(dialect.limitLockWaits());
    try {
      lease.session().within(LIMIT).execute(statement);
    } catch (SQLException e) {
      waits = SqlErrors.isLockWait(e);
    } finally {
      lease.undo();
      lease.execute(dialect.unlimitLockWaits());
    }
    return waits;
  }
}
