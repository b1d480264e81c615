package org.lastlogin.jdbc;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.RowConsumer;

/**
 * Runs iterations, and refuses more than so many at a time: each holds a connection until its
 * consumer has had the last row, and clients that do not read would otherwise take all the
 * connections that commits need. Safe for use by any number of threads.
 */
final class Iterations {
  private final DictDatabase database;
  private final ReaderThreads threads;
  private final int max;
  private final AtomicInteger running = new AtomicInteger();

  Iterations(DictDatabase database, ReaderThreads threads, int max) {
    this.database = database;
    this.threads = threads;
    this.max = max;
  }

  /**
   * Starts an iteration.
   *
   * @throws DictException if there are too many
   */
  CompletionStage<Void> start(
      DictIteration iteration, List<IterationQuery> queries, RowConsumer rows) {
    String failed = "sql dict iterate: Failed to iterate " + iteration.path();
    if (running.incrementAndGet() > max) {
      running.decrementAndGet();
      throw new DictException(
          failed + ": " + max + " iterations are running already; try again later");
    }
    return new IterationCursor(
            database.database(),
            (query, e) -> database.failure(failed, query.table(), e),
            queries,
            iteration)
        .deliverTo(rows, threads)
        .whenComplete((done, failure) -> running.decrementAndGet());
  }
}
