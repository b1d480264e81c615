package org.lastlogin.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.jdbc.group.GroupFailure;
import org.lastlogin.jdbc.group.GroupFailure.Kind;
import org.lastlogin.jdbc.group.GroupWork;
import org.lastlogin.jdbc.sql.Database;
import org.lastlogin.jdbc.sql.Database.UncertainException;
import org.lastlogin.jdbc.sql.RowChange;
import org.lastlogin.jdbc.sql.SqlErrors;
import org.lastlogin.jdbc.sql.WriteScript.MissingRowException;

/**
 * Writes groups of commits, each group in one database transaction. An unanswered commit is
 * repeated if that is harmless, and is then answered O: a write of the same row by another process
 * in between is replaced, because the unanswered commit counts as the later one. Increments are
 * never repeated; their answer is W.
 */
final class DictWriter implements GroupWork<WriteSet, CommitResult> {
  private static final String FAILED = "sql dict: commit failed: ";

  private final Database database;
  private final Outage outage;

  DictWriter(Database database, Outage outage) {
    this.database = database;
    this.outage = outage;
  }

  @Override
  public @Nullable Set<?> rows(WriteSet item) {
    List<RowChange> changes = item.changes();
    if (changes.size() == 1) {
      String identity = database.identity(changes.get(0).row());
      return identity == null ? null : Set.of(identity);
    }
    Set<String> rows = new HashSet<>();
    for (RowChange change : changes) {
      String identity = database.identity(change.row());
      if (identity == null) {
        return null;
      }
      rows.add(identity);
    }
    return rows;
  }

  @Override
  public boolean isRepeatable(WriteSet item) {
    return item.isRepeatable();
  }

  @Override
  public List<CommitResult> run(List<WriteSet> group, Duration limit) throws GroupFailure {
    List<RowChange> changes = new ArrayList<>();
    group.forEach(set -> changes.addAll(set.changes()));
    try {
      database.write(changes, limit, outage::over);
      return Collections.nCopies(group.size(), CommitResult.COMMITTED);
    } catch (MissingRowException e) {
      if (group.size() == 1) {
        return List.of(CommitResult.NOT_FOUND);
      }
      throw new GroupFailure(
          new DictException("A key that was to be incremented does not exist", e),
          Kind.REFUSED,
          owner(group, e.increment()));
    } catch (SQLException e) {
      throw failure(e, group, limit);
    }
  }

  /** Returns which item of a group a change belongs to. */
  private static int owner(List<WriteSet> group, RowChange change) {
    for (int i = 0; i < group.size(); i++) {
      if (group.get(i).changes().stream().anyMatch(c -> c == change)) {
        return i;
      }
    }
    throw new IllegalStateException("Not a change of this group");
  }

  private GroupFailure failure(SQLException e, List<WriteSet> group, Duration limit) {
    boolean hadAllTime = group.size() == 1 && limit.compareTo(database.timeLimit()) >= 0;
    Kind kind = hadAllTime ? FailureKinds.ofLastTry(e) : FailureKinds.of(e);
    if (kind == Kind.HOPELESS) {
      return new GroupFailure(new DatabaseDownException(e), kind);
    }
    boolean hideValues = group.stream().anyMatch(WriteSet::hidesValues);
    String message =
        (group.size() == 1 ? group.get(0).keys() + ": " : "") + SqlErrors.message(e, hideValues);
    return new GroupFailure(reason(e, message, hideValues), kind);
  }

  /**
   * Returns the reason of a failure. If values are to be hidden, it has no cause: a cause may quote
   * values, and a log may print it.
   */
  private DictException reason(SQLException e, String message, boolean hideValues) {
    if (e instanceof UncertainException) {
      return hideValues
          ? new UncertainCommitException(message)
          : new UncertainCommitException(message, e);
    }
    return hideValues
        ? new DictException(FAILED + message)
        : new DictException(FAILED + message, e);
  }

  @Override
  public DictException defect(List<WriteSet> group, Throwable e) {
    return group.stream().anyMatch(WriteSet::hidesValues)
        ? new DictException("The commit failed: " + e.getClass().getName())
        : GroupWork.super.defect(group, e);
  }

  @Override
  public String noun() {
    return "commit";
  }

  @Override
  public DictException uncertain(DictException reason) {
    return reason instanceof UncertainCommitException
        ? reason
        : new UncertainCommitException(
            "It is unknown whether the commit was made: " + reason.getMessage(), reason);
  }

  @Override
  public void failed(DictException reason) {
    outage.failed(reason);
  }
}
