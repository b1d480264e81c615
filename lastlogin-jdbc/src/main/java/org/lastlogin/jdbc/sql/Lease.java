package org.lastlogin.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.lastlogin.jdbc.sql.Database.UncertainException;
import org.lastlogin.jdbc.sql.JoinedException.Fate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A borrowed connection, and the transactions on it. When it is returned, its settings are as
 * before.
 *
 * <p>Auto-commit decides whose transactions these are. If it is on, they are our own: a single
 * statement that can be repeated is executed as it is, which saves three round trips; everything
 * else is between {@code setAutoCommit(false)} and a commit. If the answer to a single statement is
 * lost, its outcome is unknown, so increments always have a transaction. On MySQL everything has:
 * the driver itself ends a statement that takes too long, and cannot tell whether it was executed.
 * If it is off, {@link AutoCommitOff} decides: either every use ends with a commit or a rollback,
 * or the transaction is the host's, and a {@link Savepoint} takes the place of our own.
 *
 * <p>For use by one thread.
 */
public final class Lease implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lease.class);

  /** The party that begins and ends transactions. */
  private enum Transactions {
    /** Auto-commit is on: the database, or {@link #begin} and a commit. */
    AUTOMATIC,
    /** Auto-commit is off: statements begin them, a commit or a rollback ends each. */
    MANUAL,
    /** The host program does. */
    JOINED
  }

  private final Connection connection;
  private final Consumer<Connection> takeBack;
  private final Transactions transactions;
  private final NetworkLimit networkLimit;
  private final Session session;
  private final Savepoint savepoint;
  private boolean begun;
  private boolean broken;

  /**
   * Takes a connection over.
   *
   * @param takeBack gets the connection when the lease is closed; not if this constructor fails
   * @param limit how long a statement may take
   * @throws HostTransactionException if auto-commit is off and the mode is {@link
   *     AutoCommitOff#REFUSE}; nothing was sent then
   */
  Lease(
      Connection connection,
      Consumer<Connection> takeBack,
      Duration limit,
      AutoCommitOff mode,
      SessionFactory sessions)
      throws SQLException {
    this.connection = connection;
    this.takeBack = takeBack;
    this.savepoint = new Savepoint(connection);
    this.transactions = transactions(connection.getAutoCommit(), mode);
    this.begun = transactions == Transactions.MANUAL;
    // A timeout on the network ends the connection: that of the host is not ours to end.
    this.networkLimit = isJoined() ? NetworkLimit.UNCHANGED : NetworkLimit.set(connection, limit);
    this.session = session(sessions);
  }

  private Session session(SessionFactory sessions) throws SQLException {
    try {
      return sessions.on(connection);
    } catch (SQLException e) {
      networkLimit.restore(connection);
      throw e;
    }
  }

  /** Makes the session of a connection. */
  @FunctionalInterface
  interface SessionFactory {
    Session on(Connection connection) throws SQLException;
  }

  /** Uses a session. */
  @FunctionalInterface
  public interface Work<T> {
    T apply(Session session) throws SQLException;
  }

  private static Transactions transactions(boolean autoCommit, AutoCommitOff mode)
      throws HostTransactionException {
    if (autoCommit) {
      return Transactions.AUTOMATIC;
    }
    return switch (mode) {
      case REFUSE -> throw HostTransactionException.unlessToldWhoseItIs();
      case JOIN -> Transactions.JOINED;
      case OWN -> Transactions.MANUAL;
    };
  }

  /** Returns whether it is part of the host's transaction. */
  boolean isJoined() {
    return transactions == Transactions.JOINED;
  }

  public Session session() {
    return session;
  }

  /** Reads; nothing is committed. */
  <T> T withSession(Work<T> work) throws SQLException {
    return isJoined() ? joined(work) : explained(work);
  }

  /** Executes statements that may each be committed by itself. */
  <T> T update(Work<T> work) throws SQLException {
    return switch (transactions) {
      case AUTOMATIC -> explained(work);
      case MANUAL -> transact(work);
      case JOINED -> joined(work);
    };
  }

  /**
   * Executes statements that create tables.
   *
   * @throws HostTransactionException if that might commit the host's transaction; nothing was sent
   */
  <T> T createTables(Work<T> work) throws SQLException {
    if (isJoined()) {
      throw HostTransactionException.beforeTablesAreCreated();
    }
    return update(work);
  }

  /**
   * Executes a script, whose statements take effect together or not at all.
   *
   * @param writer makes the script; it only reads
   */
  void write(Work<WriteScript> writer) throws SQLException {
    if (isJoined()) {
      joined(joined -> writer.apply(joined).execute(joined));
      return;
    }
    WriteScript script = explained(writer);
    // With a transaction around it, a timeout that MySQL's driver reports by itself is certain.
    boolean atOnce =
        transactions == Transactions.AUTOMATIC
            && script.isAtomic()
            && session.dialect() != SqlDialect.MYSQL;
    if (atOnce) {
      executeAtOnce(script);
    } else {
      transact(script::execute);
    }
  }

  private void executeAtOnce(WriteScript script) throws SQLException {
    try {
      script.execute(session);
    } catch (SQLException e) {
      throw SqlErrors.isAnswered(e) ? explain(e) : new UncertainException(e);
    } catch (RuntimeException e) {
      throw new UncertainException(new SQLException(e));
    }
  }

  private <T> T transact(Work<T> work) throws SQLException {
    begin();
    T result = explained(work);
    commit();
    return result;
  }

  private void commit() throws SQLException {
    long start = System.nanoTime();
    try {
      connection.commit();
    } catch (SQLException e) {
      // If the database refuses, and then rolls back, it has not committed. Else it may have.
      if (rollback() && SqlErrors.isAnswered(e)) {
        throw SlowStatementException.ofCommit(e, Duration.ofNanos(System.nanoTime() - start));
      }
      throw new UncertainException(e);
    } catch (RuntimeException e) {
      throw new UncertainException(new SQLException(e));
    }
  }

  /** Executes work in a transaction of our own, or without one; rolls back if it fails. */
  private <T> T explained(Work<T> work) throws SQLException {
    try {
      return work.apply(session);
    } catch (SQLException e) {
      rollback();
      throw explain(e);
    } catch (RuntimeException | Error e) {
      rollback();
      throw e;
    }
  }

  private <T> T joined(Work<T> work) throws SQLException {
    return savepoint.around(work, session, this::explain);
  }

  private SQLException explain(SQLException e) {
    boolean usable = !broken && savepoint.fate() == Fate.UNTOUCHED;
    return usable ? LockProbe.explain(e, this) : e;
  }

  /**
   * Returns whether a statement may wait for a lock for a moment without ending a transaction of
   * the host: InnoDB can be set to roll all of it back.
   */
  boolean mayWaitForLocks() throws SQLException {
    String query = session.dialect().queryRollbackOnTimeout();
    return !isJoined()
        || query.isEmpty()
        || session.query(new Sql(query, List.of()), rows -> rows.next() && !rows.getBoolean(1));
  }

  /** Marks the point to which {@link #undo} goes back. */
  void mark() throws SQLException {
    if (isJoined()) {
      savepoint.set();
    } else {
      begin();
    }
  }

  /** Undoes everything since {@link #mark}. */
  void undo() {
    if (isJoined()) {
      savepoint.rollBack();
    } else {
      rollback();
    }
  }

  /** Executes a statement without parameters; none if the text is empty. */
  void execute(String sql) throws SQLException {
    if (!sql.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  /** Executes a query that fails if the connection is stale. */
  void tryOut() throws SQLException {
    execute("SELECT 1");
  }

  /** Begins a transaction of our own. */
  private void begin() throws SQLException {
    if (transactions == Transactions.AUTOMATIC) {
      connection.setAutoCommit(false);
      begun = true;
    }
  }

  /** Begins a transaction if the database's driver has cursors only in transactions. */
  public void beginForCursor() throws SQLException {
    if (session.dialect() == SqlDialect.POSTGRESQL && !begun) {
      begin();
    }
  }

  /** Ends a transaction of our own without committing it. Returns whether that succeeded. */
  public boolean rollback() {
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
    if (!isJoined()) {
      restore();
    }
    takeBack.accept(connection);
  }

  private void restore() {
    try {
      if (transactions == Transactions.MANUAL) {
        // Reading has begun a transaction, too.
        rollback();
      }
      if (broken) {
        // To switch auto-commit on would commit what could not be rolled back.
        connection.abort(Runnable::run);
      } else if (!connection.isClosed()) {
        if (transactions == Transactions.AUTOMATIC && begun) {
          connection.setAutoCommit(true);
        }
        networkLimit.restore(connection);
      }
    } catch (SQLException | RuntimeException e) {
      log.debug("A connection could not be given back as it was", e);
    }
  }
}
