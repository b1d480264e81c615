package org.lastlogin.jdbc;

import org.lastlogin.jdbc.sql.AutoCommitOff;

/**
 * The use that a {@link JdbcLastLoginStore} makes of a connection whose auto-commit is off, which
 * may be part of a transaction of the host program.
 *
 * <p>With auto-commit on, the store uses transactions of its own in every mode. It does not see a
 * transaction that the host began by an SQL statement while auto-commit was on, and commits it.
 */
public enum TransactionMode {
  /**
   * Refuses the call; the message names the other modes. Nothing is sent over the connection. This
   * is the default. The connection may be part of the host's transaction, which a commit would end,
   * or come from a pool that keeps nothing without a commit. It does not tell which, and a wrong
   * guess loses either the host's rollback or the store's rows.
   */
  REFUSE(AutoCommitOff.REFUSE),

  /**
   * Takes part in the host's transaction: for a {@code DataSource} that hands out the connection of
   * the current transaction, as Spring's {@code TransactionAwareDataSourceProxy} and JTA data
   * sources do.
   *
   * <p>The store executes its statements, with a savepoint around those of each call, and neither
   * commits nor rolls back nor changes a setting of the connection. What it records is lost if the
   * host rolls back. If a call fails, its own changes are undone and the transaction goes on, on
   * PostgreSQL too; where the database has ended the transaction, as InnoDB does after a deadlock,
   * the exception says so. Deadlocks and lost connections are not tried again, and a network that
   * falls silent is up to the connection's own timeout.
   *
   * <p>Use it with pools that leave auto-commit on. Where a pool switches it off, a call outside of
   * a transaction joins one that nobody commits, and what it records is lost.
   */
  JOIN(AutoCommitOff.JOIN),

  /**
   * Commits: for a pool that switches auto-commit off for all of its connections. Never use it with
   * connections that are part of a transaction: each call would commit that, too.
   */
  OWN(AutoCommitOff.OWN);

  private final AutoCommitOff autoCommitOff;

  TransactionMode(AutoCommitOff autoCommitOff) {
    this.autoCommitOff = autoCommitOff;
  }

  AutoCommitOff autoCommitOff() {
    return autoCommitOff;
  }
}
