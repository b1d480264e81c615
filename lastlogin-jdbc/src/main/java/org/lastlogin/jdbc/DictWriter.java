package org.lastlogin.jdbc;

import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.jdbc.Database.UncertainException;
import org.lastlogin.jdbc.Database.UnreachableException;
import org.lastlogin.jdbc.GroupCommit.Remedy;
import org.lastlogin.jdbc.GroupCommit.WriteFailure;

/** Writes groups of commits, each group in one database transaction. */
final class DictWriter implements GroupCommit.Writer<WriteSet, CommitResult> {
  private final Database database;
  private final Outage outage;

  DictWriter(Database database, Outage outage) {
    this.database = database;
    this.outage = outage;
  }

  @Override
  public List<CommitResult> write(List<WriteSet> group) throws WriteFailure {
    List<RowChange> changes = group.stream().flatMap(set -> set.changes().stream()).toList();
    // Remembers the table for the message; the session comes with the connection.
    String[] table = {""};
    try {
      boolean committed =
          database.transact(
              session -> {
                outage.over();
                RowWriter writer = new RowWriter(session);
                try {
                  return writer.write(changes);
                } finally {
                  table[0] = writer.table();
                }
              });
      if (!committed && group.size() > 1) {
        throw new WriteFailure(
            new DictException("A key that was to be incremented does not exist"), Remedy.ALONE);
      }
      return Collections.nCopies(
          group.size(), committed ? CommitResult.COMMITTED : CommitResult.NOT_FOUND);
    } catch (SQLException e) {
      throw failure(e, table[0], group.stream().anyMatch(WriteSet::hidesValues));
    }
  }

  private static WriteFailure failure(SQLException e, String table, boolean hideValues) {
    if (e instanceof UnreachableException unreachable) {
      return new WriteFailure(new DatabaseDownException(unreachable), Remedy.NONE);
    }
    String message =
        (table.isEmpty() ? "" : "table " + table + ": ") + SqlErrors.message(e, hideValues);
    if (e instanceof UncertainException) {
      return new WriteFailure(
          hideValues
              ? new UncertainCommitException(message)
              : new UncertainCommitException(message, e),
          Remedy.NONE);
    }
    Remedy remedy =
        SqlErrors.isTimeout(e)
            ? Remedy.NONE
            : SqlErrors.isTransient(e) ? Remedy.AGAIN : Remedy.ALONE;
    // A cause that quotes values would take them to any log that prints it.
    return new WriteFailure(
        hideValues
            ? new DictException("sql dict: commit failed: " + message)
            : new DictException("sql dict: commit failed: " + message, e),
        remedy);
  }

  @Override
  public void failed(DictException reason) {
    if (reason instanceof DatabaseDownException) {
      outage.failed(String.valueOf(reason.getMessage()));
    }
  }

  /** There was no connection to be had. */
  static final class DatabaseDownException extends DictException {
    private static final long serialVersionUID = 1L;

    DatabaseDownException(UnreachableException cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
  }
}
