package org.lastlogin.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections of a {@link DataSource}, used so that no statement can take forever, and failures
 * that tell whether anything was changed. Nothing is asked of the database before it is first
 * needed. Safe for use by any number of threads.
 */
final class Database {
  private static final Logger log = LoggerFactory.getLogger(Database.class);

  /**
   * By how much a silent network may outlast a statement, so that the database can answer first.
   */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /**
   * For how long connections are tried out after one was lost. A pool does not test those that it
   * lent just before (HikariCP: within half a second), and what took one may have taken all.
   */
  private static final Duration MISTRUST = Duration.ofSeconds(2);

  /** How many lost connections in a row are taken for stale ones of a pool. */
  private static final int MAX_STALE = 20;

  private final DataSource dataSource;
  private final Duration timeLimit;
  private final AtomicLong mistrustedUntil = new AtomicLong(System.nanoTime());
  private final UniqueKeys uniqueKeys = new UniqueKeys();
  private final SqlTemplates templates = new SqlTemplates();
  private volatile @Nullable SqlDialect dialect;

  Database(DataSource dataSource, Duration timeLimit) {
    this.dataSource = dataSource;
    this.timeLimit = timeLimit;
  }

  /** There is no connection to be had: nothing was sent. */
  static final class UnreachableException extends SQLException {
    private static final long serialVersionUID = 1L;

    UnreachableException(Exception cause) {
      super("Cannot reach the database: " + SqlErrors.rootMessage(cause), "08001", cause);
    }
  }

  /** The connection broke, or time ran out, after COMMIT was sent and before it was answered. */
  static final class UncertainException extends SQLException {
    private static final long serialVersionUID = 1L;

    UncertainException(SQLException cause) {
      super("The commit was sent and not answered: " + SqlErrors.rootMessage(cause), cause);
    }
  }

  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<T> {
    T apply(Session session) throws SQLException;
  }

  /** Does what needs no transaction, with the usual limit for each statement. */
  <T> T read(Work<T> work) throws SQLException {
    return read(work, timeLimit);
  }

  /** Does what needs no transaction. */
  <T> T read(Work<T> work, Duration limit) throws SQLException {
    try (Lease lease = lease(limit)) {
      return work.apply(lease.session());
    } catch (SQLException e) {
      noteLoss(e);
      throw e;
    }
  }

  /**
   * Executes a script, whole or not at all.
   *
   * @param writer makes the script, by reading alone
   * @throws UncertainException if nobody knows whether it was done; with any other exception it was
   *     not
   */
  void write(Work<WriteScript> writer, Duration limit) throws SQLException {
    try (Lease lease = lease(limit)) {
      WriteScript script = writer.apply(lease.session());
      // With a transaction around it, a time-out that MySQL's driver reports by itself is certain.
      if (script.isAtomic() && lease.session().dialect() != SqlDialect.MYSQL) {
        executeAtOnce(script, lease);
      } else {
        transact(script, lease);
      }
    } catch (SQLException e) {
      noteLoss(e);
      throw e;
    }
  }

  private static void executeAtOnce(WriteScript script, Lease lease) throws SQLException {
    try {
      script.execute(lease.session());
    } catch (SQLException e) {
      throw SqlErrors.isAnswered(e) ? e : new UncertainException(e);
    } catch (RuntimeException e) {
      throw new UncertainException(new SQLException(e));
    }
  }

  private static void transact(WriteScript script, Lease lease) throws SQLException {
    boolean done = false;
    lease.begin();
    try {
      script.execute(lease.session());
      done = true;
    } finally {
      if (!done) {
        lease.rollback();
      }
    }
    commit(lease);
  }

  private static void commit(Lease lease) throws SQLException {
    try {
      lease.connection.commit();
    } catch (SQLException e) {
      // A database that says no, and then rolls back, has not committed. Everything else may have.
      if (lease.rollback() && SqlErrors.isAnswered(e)) {
        throw e;
      }
      throw new UncertainException(e);
    } catch (RuntimeException e) {
      throw new UncertainException(new SQLException(e));
    }
  }

  /** A connection on loan, for as long as the caller likes; closing it gives it back. */
  Lease lease() throws SQLException {
    return lease(timeLimit);
  }

  private Lease lease(Duration limit) throws SQLException {
    Duration shorter = limit.compareTo(timeLimit) < 0 ? limit : timeLimit;
    long end = System.nanoTime() + shorter.toNanos();
    for (int stale = 0; ; stale++) {
      try {
        return lease(connect(), shorter);
      } catch (UnreachableException e) {
        throw e;
      } catch (SQLException e) {
        if (!SqlErrors.isConnectionLost(e) || stale == MAX_STALE || end - System.nanoTime() < 0) {
          throw e;
        }
        noteLoss(e);
      }
    }
  }

  private Connection connect() throws UnreachableException {
    try {
      return dataSource.getConnection();
    } catch (SQLException | RuntimeException e) {
      throw new UnreachableException(e);
    }
  }

  private Lease lease(Connection connection, Duration limit) throws SQLException {
    try {
      Lease lease = new Lease(connection, limit);
      if (mistrustedUntil.get() - System.nanoTime() > 0) {
        lease.tryOut();
      }
      return lease;
    } catch (SQLException | RuntimeException e) {
      close(connection);
      throw e;
    }
  }

  private void noteLoss(SQLException e) {
    if (SqlErrors.isConnectionLost(e)) {
      mistrustedUntil.set(System.nanoTime() + MISTRUST.toNanos());
    }
  }

  /** What {@link UniqueKeys#identity} knows of a row by now. */
  @Nullable String identity(RowKey row) {
    return uniqueKeys.identity(row);
  }

  /** Has the unique keys of a table read again: a statement that relied on them was refused. */
  void forgetKeys(String table) {
    uniqueKeys.forget(table);
  }

  private SqlDialect dialect(Connection connection) throws SQLException {
    SqlDialect known = dialect;
    if (known == null) {
      known = SqlDialect.of(connection.getMetaData());
      dialect = known;
    }
    return known;
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      // What was to be done is done or has failed already: this changes neither.
      log.debug("A connection could not be closed", e);
    }
  }

  /** A connection with its settings changed for our purposes, until it is given back. */
  final class Lease implements AutoCloseable {
    private final Connection connection;
    private final boolean autoCommitBefore;
    private final int networkTimeoutBefore;
    private final Session session;
    private boolean begun;
    private boolean broken;

    private Lease(Connection connection, Duration limit) throws SQLException {
      this.connection = connection;
      this.networkTimeoutBefore = limitNetwork(limit);
      this.autoCommitBefore = connection.getAutoCommit();
      if (!autoCommitBefore) {
        connection.setAutoCommit(true);
      }
      this.session = new Session(connection, dialect(connection), uniqueKeys, templates, limit);
    }

    Session session() {
      return session;
    }

    /** The time-out that the connection had; -1 if its driver knows none. */
    private int limitNetwork(Duration limit) throws SQLException {
      try {
        int before = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.plus(GRACE).toMillis()));
        return before;
      } catch (SQLFeatureNotSupportedException e) {
        log.trace("The driver has no network time-out; the statements' own one remains", e);
        return -1;
      }
    }

    private void tryOut() throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT 1");
      }
    }

    /** From now on, statements are in a transaction. */
    private void begin() throws SQLException {
      connection.setAutoCommit(false);
      begun = true;
    }

    /** The same, if the database's driver has cursors in transactions alone. */
    void beginForCursor() throws SQLException {
      if (session.dialect() == SqlDialect.POSTGRESQL && !begun) {
        begin();
      }
    }

    boolean rollback() {
      if (!begun) {
        return true;
      }
      try {
        connection.rollback();
        return true;
      } catch (SQLException e) {
        if (SqlErrors.isRolledBackAlready(e)) {
          return true;
        }
        // A connection that is gone has rolled back, or will when the server notices.
        log.debug("A transaction could not be rolled back", e);
        broken = true;
        return false;
      }
    }

    @Override
    public void close() {
      try {
        if (broken) {
          // To switch auto-commit on would commit what could not be rolled back.
          connection.abort(Runnable::run);
        } else if (!connection.isClosed()) {
          connection.setAutoCommit(autoCommitBefore);
          if (networkTimeoutBefore >= 0) {
            connection.setNetworkTimeout(Runnable::run, networkTimeoutBefore);
          }
        }
      } catch (SQLException | RuntimeException e) {
        log.debug("A connection could not be given back as it was", e);
      }
      Database.close(connection);
    }
  }
}
