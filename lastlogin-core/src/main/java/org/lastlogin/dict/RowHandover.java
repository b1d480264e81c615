package org.lastlogin.dict;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rows of an iteration into the thread that waits for them. The dict may be some rows
 * ahead: else the two threads would wait for each other at each of them.
 */
final class RowHandover implements RowConsumer {
  /** How many rows the dict may be ahead. */
  static final int MAX_AHEAD = 64;

  /** The rows, and then the end, which is empty. */
  private final BlockingQueue<Optional<DictRow>> handed = new LinkedBlockingQueue<>();

  /** The stage that the dict waits for when it is too far ahead. */
  private volatile CompletableFuture<Void> ready = new CompletableFuture<>();

  private volatile @Nullable Throwable failure;
  private volatile boolean left;

  @Override
  public CompletionStage<Void> accept(DictRow row) {
    handed.add(Optional.of(row));
    if (!left && handed.size() < MAX_AHEAD) {
      return READY;
    }
    CompletableFuture<Void> next = new CompletableFuture<>();
    ready = next;
    // What the other thread did before it could see this stage is seen here.
    if (left) {
      leave();
    } else if (handed.size() < MAX_AHEAD) {
      next.complete(null);
    }
    return next;
  }

  /** There are no more rows. */
  void end(@Nullable Void nothing, @Nullable Throwable why) {
    failure = why;
    handed.add(Optional.empty());
  }

  /** Takes all rows in the calling thread. */
  void takeAll(Consumer<? super DictRow> rows, Waiting waiting) {
    try {
      for (Optional<DictRow> row = waiting.next(handed);
          row.isPresent();
          row = waiting.next(handed)) {
        rows.accept(row.get());
        if (handed.size() <= MAX_AHEAD / 2) {
          ready.complete(null);
        }
      }
    } finally {
      leave();
    }
    if (failure != null) {
      throw waiting.failed(failure);
    }
  }

  /** The reader has gone: an iteration that goes on fails. */
  private void leave() {
    left = true;
    ready.completeExceptionally(new DictException("The reader of the rows has gone"));
  }
}
