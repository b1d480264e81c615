package org.lastlogin.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lends connections. Safe for use by as many threads as what it lends from. */
interface ConnectionSource {
  /** Lends a connection, which is to be returned. */
  Connection lend() throws SQLException;

  /** Returns a connection; never fails. */
  void takeBack(Connection connection);

  /**
   * Returns whether another call may lend another connection, so that a stale one is worth a second
   * try.
   */
  boolean hasOthers();

  /** Lends the connections of a data source, which are closed when they are given back. */
  static ConnectionSource of(DataSource dataSource) {
    Logger log = LoggerFactory.getLogger(ConnectionSource.class);
    return new ConnectionSource() {
      @Override
      public Connection lend() throws SQLException {
        return dataSource.getConnection();
      }

      @Override
      public void takeBack(Connection connection) {
        try {
          connection.close();
        } catch (SQLException | RuntimeException e) {
          // The work is done or has failed already: this changes neither.
          log.debug("A connection could not be closed", e);
        }
      }

      @Override
      public boolean hasOthers() {
        return true;
      }
    };
  }

  /** Lends one connection again and again, and never closes it. */
  static ConnectionSource of(Connection connection) {
    return new ConnectionSource() {
      @Override
      public Connection lend() {
        return connection;
      }

      @Override
      public void takeBack(Connection lent) {
        // Its owner closes it.
      }

      @Override
      public boolean hasOthers() {
        return false;
      }
    };
  }
}
