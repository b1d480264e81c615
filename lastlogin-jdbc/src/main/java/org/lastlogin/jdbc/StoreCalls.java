package org.lastlogin.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import org.lastlogin.LastLoginStoreException;
import org.lastlogin.jdbc.group.Backoff;
import org.lastlogin.jdbc.group.GroupFailure.Kind;
import org.lastlogin.jdbc.group.Ticker;
import org.lastlogin.jdbc.group.Tries;
import org.lastlogin.jdbc.sql.SqlErrors;

/**
 * Calls the database for a store, and reports failures as the store's exceptions. Safe for use by
 * any number of threads.
 */
final class StoreCalls {
  private final Duration statementTimeLimit;

  /**
   * Makes the calls of one store.
   *
   * @param statementTimeLimit the time limit of a statement
   */
  StoreCalls(Duration statementTimeLimit) {
    this.statementTimeLimit = statementTimeLimit;
  }

  /** Calls the database. */
  @FunctionalInterface
  interface Call<T> {
    T make() throws SQLException;
  }

  /** Calls the database with a time limit for each statement. */
  @FunctionalInterface
  interface LimitedCall<T> {
    T make(Duration limit) throws SQLException;
  }

  /**
   * Makes a call once.
   *
   * @param what completes "Cannot ..." in the message of a failure
   */
  <T> T once(String what, Call<T> call) {
    try {
      return call.make();
    } catch (SQLException e) {
      throw failure(what, e);
    }
  }

  /**
   * Makes a call that may be made twice. After a deadlock, a lost connection or a server that did
   * not answer, it is made again, with growing pauses, for up to twice the time that a statement
   * may take. Nothing is tried again in a transaction of the host program.
   *
   * @param what completes "Cannot ..." in the message of a failure
   */
  <T> T repeatedly(String what, LimitedCall<T> call) {
    Tries tries = new Tries(Backoff.DEFAULT, Ticker.SYSTEM);
    long deadline = Ticker.SYSTEM.nanoTime() + statementTimeLimit.multipliedBy(2).toNanos();
    while (true) {
      Duration left = Duration.ofNanos(deadline - Ticker.SYSTEM.nanoTime());
      try {
        return call.make(left);
      } catch (SQLException e) {
        Kind kind =
            left.compareTo(statementTimeLimit) >= 0
                ? FailureKinds.ofLastTry(e)
                : FailureKinds.of(e);
        tries.add(e, kind);
        boolean hopeless = kind == Kind.HOPELESS || kind == Kind.REFUSED;
        if (hopeless || !tries.pause(deadline - Ticker.SYSTEM.nanoTime())) {
          tries.suppressIn(e);
          throw failure(what + (tries.areUncertain() ? " (the outcome is unknown)" : ""), e);
        }
      }
    }
  }

  private static LastLoginStoreException failure(String what, SQLException e) {
    return new LastLoginStoreException("Cannot " + what + ": " + SqlErrors.message(e, false), e);
  }
}
