package org.lastlogin.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;
import org.lastlogin.jdbc.sql.JoinedException.Fate;
import org.lastlogin.jdbc.sql.Lease.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The savepoint of a call in a transaction of the host program. It is set by SQL, because JTA's
 * connections refuse JDBC's {@code rollback(Savepoint)}, and on every database: PostgreSQL needs it
 * to go on after an error. Where it is gone afterwards, the database has ended the transaction: no
 * list of error codes tells that as surely. For use by one thread.
 */
final class Savepoint {
  private static final Logger log = LoggerFactory.getLogger(Savepoint.class);

  private static final String NAME = "lastlogin_call";

  private final Connection connection;
  private Fate fate = Fate.UNTOUCHED;

  Savepoint(Connection connection) {
    this.connection = connection;
  }

  /**
   * Executes work in the host's transaction. Undoes only this work if it fails.
   *
   * @param explain finds the reason of a failure, once the work is undone
   */
  <T> T around(Work<T> work, Session session, UnaryOperator<SQLException> explain)
      throws SQLException {
    try {
      set();
    } catch (SQLException e) {
      throw new JoinedException(e, SqlErrors.isConnectionLost(e) ? Fate.ENDED : Fate.UNTOUCHED);
    }
    try {
      T result = work.apply(session);
      release();
      return result;
    } catch (SQLException e) {
      rollBack();
      SQLException explained = explain.apply(e);
      throw new JoinedException(explained, fate);
    } catch (RuntimeException | Error e) {
      rollBack();
      throw e;
    }
  }

  /** Returns the fate of the transaction, as far as it is known. */
  Fate fate() {
    return fate;
  }

  /** Sets it. */
  void set() throws SQLException {
    execute("SAVEPOINT " + NAME);
  }

  private void release() throws SQLException {
    execute("RELEASE SAVEPOINT " + NAME);
  }

  /** Undoes everything since it was set. If that fails, {@link #fate} tells. */
  void rollBack() {
    try {
      execute("ROLLBACK TO SAVEPOINT " + NAME);
      release();
    } catch (SQLException e) {
      log.debug("The call could not be undone", e);
      fate = SqlErrors.isTransactionGone(e) ? Fate.ENDED : Fate.UNKNOWN;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
