package org.lastlogin.dict;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Takes the rows of an iteration, at its own speed.
 *
 * <p>The dict calls it for one row at a time and waits for the returned stage before it calls it
 * again, so that a consumer that cannot keep up slows the dict down instead of filling the memory.
 * If the stage fails, or the method throws, the iteration ends with that failure.
 */
@FunctionalInterface
public interface RowConsumer {

  /** The stage to return when the next row may come at once. */
  CompletionStage<Void> READY = CompletableFuture.completedStage(null);

  /** Takes a row; the stage completes when the next one may come. */
  CompletionStage<Void> accept(DictRow row);

  /** A consumer that is always ready for the next row. */
  static RowConsumer of(Consumer<? super DictRow> consumer) {
    return row -> {
      consumer.accept(row);
      return READY;
    };
  }
}
