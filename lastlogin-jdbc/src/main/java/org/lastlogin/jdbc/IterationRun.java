package org.lastlogin.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.RowConsumer;

/**
 * An iteration under way: its connection, its cursor, and the consumer that it waits for. While the
 * consumer is not ready, the iteration holds a connection, but no thread.
 *
 * <p>Each step runs on one of the reader threads, never two at the same time.
 */
final class IterationRun {
  private static final int ROWS_PER_FETCH = 200;

  private final Database database;
  private final ReaderThreads threads;
  private final BiFunction<IterationQuery, SQLException, DictException> failures;
  private final Iterator<IterationQuery> queries;
  private final RowConsumer consumer;
  private final boolean limited;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private long left;

  private @Nullable IterationQuery query;
  private Database.@Nullable Lease lease;
  private @Nullable PreparedStatement statement;
  private @Nullable ResultSet rows;

  IterationRun(
      Database database,
      ReaderThreads threads,
      BiFunction<IterationQuery, SQLException, DictException> failures,
      List<IterationQuery> queries,
      DictIteration iteration,
      RowConsumer consumer) {
    this.database = database;
    this.threads = threads;
    this.failures = failures;
    this.queries = queries.iterator();
    this.consumer = consumer;
    this.limited = iteration.maxRows() > 0;
    this.left = iteration.maxRows();
  }

  /** Begins; the future completes after the last row. */
  CompletableFuture<Void> start() {
    resume();
    return done;
  }

  private void resume() {
    CompletionStage<Boolean> step = threads.submit(this::step);
    step.whenComplete(
        (waits, failure) -> {
          if (failure != null || !waits) {
            end(failure);
          }
        });
  }

  /** Hands over rows until the consumer makes it wait; says whether it does. */
  private boolean step() {
    try {
      for (DictRow row = next(); row != null; row = next()) {
        CompletionStage<Void> ready = consumer.accept(row);
        CompletableFuture<Void> state = ready.toCompletableFuture();
        if (!state.isDone() || state.isCompletedExceptionally()) {
          ready.whenComplete(this::continueUnless);
          return true;
        }
      }
      return false;
    } catch (SQLException e) {
      throw failures.apply(Objects.requireNonNull(query), e);
    } catch (RuntimeException e) {
      // The consumer's own failure reaches whoever iterates as it is.
      end(e);
      return true;
    }
  }

  private void continueUnless(@Nullable Void ignored, @Nullable Throwable failure) {
    if (failure == null) {
      resume();
    } else {
      endElsewhere(failure);
    }
  }

  /**
   * Ends on a reader thread: whoever completed the consumer's stage must not wait for the database.
   */
  private void endElsewhere(Throwable failure) {
    CompletableFuture<Boolean> ended =
        threads.submit(
            () -> {
              end(failure);
              return true;
            });
    if (ended.isCompletedExceptionally()) {
      // The dict is being closed, and its threads take nothing more.
      end(failure);
    }
  }

  private @Nullable DictRow next() throws SQLException {
    while (!limited || left > 0) {
      if (rows == null && !open()) {
        return null;
      }
      DictRow row = null;
      while (row == null && rows != null) {
        if (!rows.next()) {
          closeCursor();
        } else if (query != null) {
          row = query.row(rows);
        }
      }
      if (row != null) {
        left--;
        return row;
      }
    }
    return null;
  }

  /** Opens the cursor of the next query that can have rows; says whether there was one. */
  private boolean open() throws SQLException {
    while (queries.hasNext()) {
      query = queries.next();
      if (lease == null) {
        lease = database.lease(false);
      }
      Session session = lease.session();
      Sql sql = query.sql(session.dialect(), left);
      if (sql != null) {
        statement = session.prepareCursor(sql, ROWS_PER_FETCH);
        rows = statement.executeQuery();
        return true;
      }
    }
    return false;
  }

  private void closeCursor() throws SQLException {
    rows = null;
    if (statement != null) {
      statement.close();
      statement = null;
    }
  }

  private void end(@Nullable Throwable failure) {
    Throwable reason = failure;
    try {
      closeCursor();
    } catch (SQLException e) {
      if (reason != null) {
        reason.addSuppressed(e);
      }
    }
    if (lease != null) {
      lease.rollback();
      lease.close();
      lease = null;
    }
    if (reason == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(reason);
    }
  }
}
