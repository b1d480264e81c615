package org.lastlogin.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lastlogin.jdbc.sql.JoinedException.Fate;
import org.lastlogin.jdbc.sql.Lease.Work;

/**
 * The connections of a {@link DataSource}. Statements have time limits, and failures tell whether
 * anything was changed. No connection is opened before the first call. Safe for use by any number
 * of threads.
 */
public final class Database {
  /**
   * The time for which connections are tested after one was lost. A pool does not test those that
   * it lent just before (HikariCP: within half a second), and others may be lost with it.
   */
  private static final Duration MISTRUST = Duration.ofSeconds(2);

  /** The number of lost connections in a row that are taken for stale ones of a pool. */
  private static final int MAX_STALE = 20;

  private final ConnectionSource connections;
  private final Duration timeLimit;
  private final AutoCommitOff mode;
  private final AtomicLong mistrustedUntil = new AtomicLong(System.nanoTime());
  private final UniqueKeys uniqueKeys;
  private final SqlTemplates templates;
  private volatile @Nullable SqlDialect dialect;

  /**
   * Makes one.
   *
   * @param timeLimit how long a statement may take
   * @param mode what is done with connections whose auto-commit is off
   */
  public Database(DataSource dataSource, Duration timeLimit, AutoCommitOff mode) {
    this(ConnectionSource.of(dataSource), timeLimit, mode, new UniqueKeys(), new SqlTemplates());
  }

  private Database(
      ConnectionSource connections,
      Duration timeLimit,
      AutoCommitOff mode,
      UniqueKeys uniqueKeys,
      SqlTemplates templates) {
    this.connections = connections;
    this.timeLimit = timeLimit;
    this.mode = mode;
    this.uniqueKeys = uniqueKeys;
    this.templates = templates;
  }

  /** No connection could be opened: nothing was sent. */
  public static final class UnreachableException extends SQLException {
    private static final long serialVersionUID = 1L;

    UnreachableException(Exception cause) {
      super("Cannot reach the database: " + SqlErrors.rootMessage(cause), "08001", cause);
    }
  }

  /** The connection broke, or time ran out, after COMMIT was sent and before it was answered. */
  public static final class UncertainException extends SQLException {
    private static final long serialVersionUID = 1L;

    UncertainException(SQLException cause) {
      super("The commit was sent and not answered: " + SqlErrors.rootMessage(cause), cause);
    }
  }

  /** Returns the time limit of a statement. */
  public Duration timeLimit() {
    return timeLimit;
  }

  /**
   * Returns this database on a connection that the caller holds: it joins the transaction, and
   * stays open.
   */
  public Database on(Connection connection) {
    return new Database(
        ConnectionSource.of(connection), timeLimit, AutoCommitOff.JOIN, uniqueKeys, templates);
  }

  /** Reads with a session whose statements have the usual time limit. Nothing is committed. */
  public <T> T withSession(Work<T> work) throws SQLException {
    return withSession(work, timeLimit);
  }

  /** Reads with a session whose statements have a time limit. Nothing is committed. */
  public <T> T withSession(Work<T> work, Duration limit) throws SQLException {
    return with(limit, lease -> lease.withSession(work));
  }

  /** Executes statements that may each be committed by itself, with the usual time limit. */
  public <T> T update(Work<T> work) throws SQLException {
    return update(work, timeLimit);
  }

  /** Executes statements that may each be committed by itself. */
  public <T> T update(Work<T> work, Duration limit) throws SQLException {
    return with(limit, lease -> lease.update(work));
  }

  /**
   * Executes statements that create tables.
   *
   * @throws HostTransactionException if that might commit a transaction of the host program
   */
  public <T> T createTables(Work<T> work) throws SQLException {
    return with(timeLimit, lease -> lease.createTables(work));
  }

  /**
   * Writes changes of rows, all or none.
   *
   * @param connected run when there is a connection, before anything is sent
   * @throws UncertainException if the outcome is unknown; with any other exception nothing has
   *     changed
   */
  public void write(List<RowChange> changes, Duration limit, Runnable connected)
      throws SQLException {
    try {
      with(
          limit,
          lease -> {
            connected.run();
            lease.write(session -> ScriptWriter.write(session, changes));
            return true;
          });
    } catch (SQLException e) {
      if (SqlErrors.isKeyGone(e)) {
        changes.forEach(change -> forgetKeys(change.row().table()));
      }
      throw e;
    }
  }

  private <T> T with(Duration limit, Use<T> use) throws SQLException {
    try (Lease lease = lease(limit)) {
      return use.of(lease);
    } catch (SQLException e) {
      noteLoss(e);
      // There is no other connection for another try.
      boolean known = e instanceof JoinedException || e instanceof UncertainException;
      boolean last = !connections.hasOthers() && SqlErrors.isConnectionLost(e) && !known;
      throw last ? new JoinedException(e, Fate.UNTOUCHED) : e;
    }
  }

  /** Uses a connection. */
  @FunctionalInterface
  private interface Use<T> {
    T of(Lease lease) throws SQLException;
  }

  /** Borrows a connection. Closing the lease returns it. */
  public Lease lease() throws SQLException {
    return lease(timeLimit);
  }

  private Lease lease(Duration limit) throws SQLException {
    Duration shorter = limit.compareTo(timeLimit) < 0 ? limit : timeLimit;
    long end = System.nanoTime() + shorter.toNanos();
    for (int stale = 0; ; stale++) {
      try {
        return triedOut(lease(connect(), shorter));
      } catch (UnreachableException e) {
        throw e;
      } catch (SQLException e) {
        if (!SqlErrors.isConnectionLost(e)
            || !connections.hasOthers()
            || stale == MAX_STALE
            || end - System.nanoTime() < 0) {
          // To ask a host again for the connection of its transaction gives the same one.
          throw mode == AutoCommitOff.JOIN ? new JoinedException(e, Fate.UNTOUCHED) : e;
        }
        noteLoss(e);
      }
    }
  }

  private Connection connect() throws UnreachableException {
    try {
      return connections.lend();
    } catch (SQLException | RuntimeException e) {
      throw new UnreachableException(e);
    }
  }

  private Lease lease(Connection connection, Duration limit) throws SQLException {
    try {
      return new Lease(
          connection,
          connections::takeBack,
          limit,
          mode,
          on -> new Session(on, dialect(on), uniqueKeys, templates, limit));
    } catch (SQLException | RuntimeException e) {
      connections.takeBack(connection);
      throw e;
    }
  }

  private Lease triedOut(Lease lease) throws SQLException {
    if (lease.isJoined() || mistrustedUntil.get() - System.nanoTime() <= 0) {
      return lease;
    }
    try {
      lease.tryOut();
      return lease;
    } catch (SQLException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private void noteLoss(SQLException e) {
    if (SqlErrors.isConnectionLost(e)) {
      mistrustedUntil.set(System.nanoTime() + MISTRUST.toNanos());
    }
  }

  /** Returns {@link UniqueKeys#identity} of a row. */
  public @Nullable String identity(RowKey row) {
    return uniqueKeys.identity(row);
  }

  /** Forgets the unique keys of a table, because a statement that relied on them was refused. */
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
}
