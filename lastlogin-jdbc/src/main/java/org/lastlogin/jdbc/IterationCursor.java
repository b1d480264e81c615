package org.lastlogin.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dict.RowSource;
import org.lastlogin.jdbc.sql.Database;
import org.lastlogin.jdbc.sql.Lease;
import org.lastlogin.jdbc.sql.Session;
import org.lastlogin.jdbc.sql.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of an iteration as the database hands them out, a few at a time, query after query. From
 * the first row until it is closed it holds a connection, but no thread. For use by one thread at a
 * time.
 */
final class IterationCursor implements RowSource {
  private static final Logger log = LoggerFactory.getLogger(IterationCursor.class);

  private final Database database;
  private final BiFunction<IterationQuery, SQLException, DictException> failures;
  private final Iterator<IterationQuery> queries;
  private final boolean limited;
  private long left;

  private @Nullable DictException closed;
  private @Nullable IterationQuery query;
  private @Nullable Lease lease;
  private @Nullable PreparedStatement statement;
  private @Nullable ResultSet rows;

  IterationCursor(
      Database database,
      BiFunction<IterationQuery, SQLException, DictException> failures,
      List<IterationQuery> queries,
      DictIteration iteration) {
    this.database = database;
    this.failures = failures;
    this.queries = queries.iterator();
    this.limited = iteration.maxRows() > 0;
    this.left = iteration.maxRows();
  }

  /**
   * Hands all rows to a consumer, on reader threads: the thread that completes the consumer's
   * stages must not wait for the database. Once the threads are closed, the iteration fails.
   */
  CompletionStage<Void> deliverTo(RowConsumer consumer, ReaderThreads threads) {
    return deliverTo(consumer, turns -> threads.execute(turns, why -> refuse(why, turns)));
  }

  private void refuse(DictException why, Runnable turns) {
    closed = why;
    turns.run();
  }

  @Override
  public @Nullable DictRow next() {
    if (closed != null) {
      throw closed;
    }
    try {
      return advance();
    } catch (SQLException e) {
      throw failures.apply(Objects.requireNonNull(query), e);
    }
  }

  private @Nullable DictRow advance() throws SQLException {
    while (!limited || left > 0) {
      if (rows == null && !open()) {
        return null;
      }
      DictRow row = null;
      while (row == null && rows != null) {
        if (!rows.next()) {
          closeStatement();
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

  /** Opens the cursor of the next query that can have rows. Returns whether there was one. */
  private boolean open() throws SQLException {
    while (queries.hasNext()) {
      query = queries.next();
      if (lease == null) {
        lease = database.lease();
        lease.beginForCursor();
      }
      Session session = lease.session();
      Sql sql = query.sql(session.queries(), left);
      if (sql != null) {
        statement = session.prepareCursor(sql);
        rows = statement.executeQuery();
        return true;
      }
    }
    return false;
  }

  private void closeStatement() throws SQLException {
    rows = null;
    if (statement != null) {
      statement.close();
      statement = null;
    }
  }

  @Override
  public void close() {
    try {
      closeStatement();
    } catch (SQLException e) {
      // The rows are delivered, or their failure is reported; the rollback frees what is left.
      log.debug("A cursor could not be closed", e);
    }
    if (lease != null) {
      lease.rollback();
      lease.close();
      lease = null;
    }
  }
}
