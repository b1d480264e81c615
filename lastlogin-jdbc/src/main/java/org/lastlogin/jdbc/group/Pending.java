package org.lastlogin.jdbc.group;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictException;

/**
 * An item that waits to be written, and who waits for it. The first answer counts. Safe for use by
 * any number of threads.
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

  /** How many nanoseconds are left; none or less if it is overdue. */
  long left(long now) {
    return deadline - now;
  }

  /** From now on it may have been written. */
  void send() {
    sent = true;
  }

  /** It has not been written, after all. */
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
