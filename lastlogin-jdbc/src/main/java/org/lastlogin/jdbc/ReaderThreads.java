package org.lastlogin.jdbc;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.lastlogin.dict.DictException;

/**
 * The threads on which queries wait for the database. There are few, since each holds a connection;
 * their queue is bounded. Safe for use by any number of threads.
 */
final class ReaderThreads {
  private static final int QUEUE_CAPACITY = 10_000;
  private static final String CLOSED = "The dict is closed";

  private final ThreadPoolExecutor executor;

  ReaderThreads(String name, int threads) {
    AtomicInteger number = new AtomicInteger();
    this.executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE_CAPACITY),
            task -> {
              Thread thread = new Thread(task, name + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /** Throws a {@link DictException} once the threads are being closed. */
  void requireOpen() {
    if (executor.isShutdown()) {
      throw new DictException(CLOSED);
    }
  }

  /** Runs a query; the future fails with a {@link DictException} if it cannot be run. */
  <T> CompletableFuture<T> submit(Supplier<T> query) {
    Task<T> task = new Task<>(query);
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      task.fail(
          new DictException(
              executor.isShutdown()
                  ? CLOSED
                  : "Too many queries wait for the database already (" + QUEUE_CAPACITY + ")",
              e));
    }
    return task.result;
  }

  /**
   * Runs a task, or reports why it cannot be run: now, or when the threads are closed before its
   * turn.
   */
  void execute(Runnable task, Consumer<DictException> refused) {
    var unused =
        submit(
                () -> {
                  task.run();
                  return true;
                })
            .exceptionally(
                why -> {
                  refused.accept((DictException) why);
                  return false;
                });
  }

  /**
   * Refuses further queries, waits for the pending ones, and fails those that have not begun within
   * a timeout.
   */
  void close(Duration timeout) {
    executor.shutdown();
    try {
      if (executor.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    DictException reason = new DictException("The dict was closed before the query could be sent");
    for (Runnable task : executor.shutdownNow()) {
      ((Task<?>) task).fail(reason);
    }
  }

  /** A query that waits for its thread, with its result. */
  private static final class Task<T> implements Runnable {
    private final Supplier<T> query;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    Task(Supplier<T> query) {
      this.query = query;
    }

    @Override
    public void run() {
      try {
        result.complete(query.get());
      } catch (DictException e) {
        fail(e);
      } catch (RuntimeException | Error e) {
        // A defect, or no memory: this query fails, so that its caller does not wait.
        fail(new DictException("The query failed: " + e, e));
      }
    }

    void fail(DictException reason) {
      result.completeExceptionally(reason);
    }
  }
}
