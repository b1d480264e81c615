package org.lastlogin.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network timeout of a connection, which can be restored. Immutable.
 *
 * @param before the connection's own limit in milliseconds; empty if its driver knows none
 */
record NetworkLimit(OptionalInt before) {
  private static final Logger log = LoggerFactory.getLogger(NetworkLimit.class);

  /** The time by which the network's timeout is longer, so that the database can answer first. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** The unchanged limit of a connection. */
  static final NetworkLimit UNCHANGED = new NetworkLimit(OptionalInt.empty());

  /** Limits a connection whose statements have so much time. */
  static NetworkLimit set(Connection connection, Duration statementLimit) throws SQLException {
    try {
      int before = connection.getNetworkTimeout();
      int limit = Math.toIntExact(statementLimit.plus(GRACE).toMillis());
      connection.setNetworkTimeout(Runnable::run, limit);
      return new NetworkLimit(OptionalInt.of(before));
    } catch (SQLFeatureNotSupportedException e) {
      log.trace("The driver has no network time-out; the statements' own one remains", e);
      return UNCHANGED;
    }
  }

  /** Gives the connection its own limit back. */
  void restore(Connection connection) throws SQLException {
    if (before.isPresent()) {
      connection.setNetworkTimeout(Runnable::run, before.getAsInt());
    }
  }
}
