package org.lastlogin.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.lastlogin.jdbc.sql.JoinedException.Fate;
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

  Savepoint(Connection connection) {
    this.connection = connection;
  }

  void set() throws SQLException {
    execute("SAVEPOINT " + NAME);
  }

  void release() throws SQLException {
    execute("RELEASE SAVEPOINT " + NAME);
  }

  /** Undoes all since it was set; returns what has become of the transaction. */
  Fate rollBack() {
    try {
      execute("ROLLBACK TO SAVEPOINT " + NAME);
      release();
      return Fate.UNTOUCHED;
    } catch (SQLException e) {
      log.debug("The call could not be undone", e);
      return SqlErrors.isTransactionGone(e) ? Fate.ENDED : Fate.UNKNOWN;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
