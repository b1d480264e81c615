package org.lastlogin.jdbc;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictException;
import org.lastlogin.jdbc.sql.Database;
import org.lastlogin.jdbc.sql.SqlValue;

/**
 * Removes the expired rows of tables, some at a time. If a table fails, the others are still
 * cleaned. For one use.
 */
final class ExpiryRemoval {
  /** Another program may remove the same rows first, but not every time. */
  private static final int MAX_FRUITLESS = 10;

  private final Database database;
  private final InstantSource clock;
  private final BiFunction<String, SQLException, DictException> failures;
  private long removed;
  private @Nullable DictException failure;

  /**
   * Creates a removal.
   *
   * @param clock the clock
   * @param failures what to throw if a table, of this name, fails
   */
  ExpiryRemoval(
      Database database,
      InstantSource clock,
      BiFunction<String, SQLException, DictException> failures) {
    this.database = database;
    this.clock = clock;
    this.failures = failures;
  }

  /**
   * Removes them.
   *
   * @param requireOpen throws when it is time to stop
   * @return how many were removed
   * @throws DictException the failure of the first table that failed, with those of the others
   *     suppressed
   */
  long remove(List<ExpiredRows> tables, Runnable requireOpen) {
    for (ExpiredRows rows : tables) {
      try {
        remove(rows, requireOpen);
      } catch (SQLException e) {
        note(failures.apply(rows.table(), e));
      }
    }
    if (failure != null) {
      throw failure;
    }
    return removed;
  }

  private void note(DictException e) {
    if (failure == null) {
      failure = e;
    } else {
      failure.addSuppressed(e);
    }
  }

  private void remove(ExpiredRows rows, Runnable requireOpen) throws SQLException {
    int fruitless = 0;
    while (true) {
      requireOpen.run();
      long now = clock.instant().getEpochSecond();
      List<List<SqlValue>> keys = database.withSession(session -> rows.find(session, now));
      if (keys.isEmpty()) {
        return;
      }
      long some = database.update(session -> rows.remove(session, keys, now));
      removed += some;
      fruitless = some == 0 ? fruitless + 1 : 0;
      if (fruitless == MAX_FRUITLESS) {
        throw rows.stuck(keys);
      }
    }
  }
}
