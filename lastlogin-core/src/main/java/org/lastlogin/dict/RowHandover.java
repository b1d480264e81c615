package org.lastlogin.dict;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rows of an iteration into the thread that waits for them, one by one: the dict is
 * ready for the next row when that thread is.
 */
final class RowHandover implements RowConsumer {
  /** At most a row and the end, which is empty. */
  private final BlockingQueue<Optional<DictRow>> handed = new LinkedBlockingQueue<>();

  /** Whether the dict may hand over the next row; written before that row is handed. */
  private volatile CompletableFuture<Void> ready = new CompletableFuture<>();

  private volatile @Nullable Throwable failure;
  private volatile boolean left;

  @Override
  public CompletionStage<Void> accept(DictRow row) {
    CompletableFuture<Void> next = new CompletableFuture<>();
    ready = next;
    handed.add(Optional.of(row));
    if (left) {
      leave();
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
        ready.complete(null);
      }
    } finally {
      leave();
    }
    if (failure != null) {
      throw waiting.failed(failure);
    }
  }

  /** Nobody waits any longer: an iteration that goes on all the same is told so. */
  private void leave() {
    left = true;
    ready.completeExceptionally(new DictException("Nobody waits for the rows any longer"));
  }
}
