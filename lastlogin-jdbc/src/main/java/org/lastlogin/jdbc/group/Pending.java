package org.lastlogin.jdbc.group;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictException;

/**
 * An item that waits to be done, with its answer. The first answer counts. Safe for use by any
 * number of threads.
 */
final class Pending<T, R> {
  private final T item;
  private final @Nullable Set<?> rows;
  private final long deadline;
  private final CompletableFuture<R> future = new CompletableFuture<>();
  private volatile boolean sent;

  /**
   * Makes one.
   *
   * @param item what is to be written
   * @param rows what it changes; {@code null} if that may be anything
   * @param deadline when it must be answered at the latest, in {@link Ticker#nanoTime}
   */
  Pending(T item, @Nullable Set<?> rows, long deadline) {
    this.item = item;
    this.rows = rows;
    this.deadline = deadline;
  }

  T item() {
    return item;
  }

  @Nullable Set<?> rows() {
    return rows;
  }

  /** Returns the nanoseconds that are left; none or less if it is overdue. */
  long left(long now) {
    return deadline - now;
  }

  /** Notes that it is sent: from now on, its outcome may be unknown. */
  void send() {
    sent = true;
  }

  /** Notes that it has not been done. */
  void takeBack() {
    sent = false;
  }

  boolean isSent() {
    return sent;
  }

  boolean isAnswered() {
    return future.isDone();
  }

  CompletableFuture<R> future() {
    return future;
  }

  void complete(R result) {
    future.complete(result);
  }

  void fail(DictException reason) {
    future.completeExceptionally(reason);
  }
}
