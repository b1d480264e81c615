package org.lastlogin.jdbc;

import java.sql.SQLException;
import org.lastlogin.dict.DictException;
import org.lastlogin.jdbc.sql.Database;
import org.lastlogin.jdbc.sql.SqlErrors;

/**
 * The database of a dict: reports its errors as the dict's exceptions, and logs when it cannot be
 * reached. Safe for use by any number of threads.
 *
 * @param database the connections
 * @param outage logs the beginning and the end of an outage
 */
record DictDatabase(Database database, Outage outage) {

  /**
   * Tries to reach the database.
   *
   * @throws DictException if that fails
   */
  void ping() {
    try {
      database.withSession(
          session -> {
            outage.over();
            return true;
          });
    } catch (SQLException e) {
      throw unreachable(e);
    }
  }

  /** Returns the exception for a query of a table that failed. */
  DictException failure(String what, String table, SQLException e) {
    return e instanceof Database.UnreachableException
        ? unreachable(e)
        : new DictException(what + ": table " + table + ": " + SqlErrors.message(e, false), e);
  }

  private DictException unreachable(SQLException e) {
    DictException down = new DatabaseDownException(e);
    outage.failed(down);
    return down;
  }
}
