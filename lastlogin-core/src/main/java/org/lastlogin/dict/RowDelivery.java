package org.lastlogin.dict;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An iteration under way: takes a row from the source, hands it to the consumer, and does so again
 * when the consumer's stage completes.
 *
 * <p>The thread that completes a stage only notes that the next turn is due. If the loop is still
 * running, as it is when the stage is complete at once or completes at that very moment on another
 * thread, the loop takes that turn as well; a nested call would take a piece of the stack for each
 * row.
 */
final class RowDelivery {
  private final RowSource source;
  private final RowConsumer consumer;
  private final Executor executor;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /** How many turns are due, the one that is being taken included; at most 2. */
  private final AtomicInteger turns = new AtomicInteger();

  /** Written before a turn becomes due, read in that turn. */
  private @Nullable Throwable failure;

  RowDelivery(RowSource source, RowConsumer consumer, Executor executor) {
    this.source = source;
    this.consumer = Objects.requireNonNull(consumer, "consumer");
    this.executor = Objects.requireNonNull(executor, "executor");
  }

  CompletableFuture<Void> start() {
    ready(null, null);
    return done;
  }

  /** The consumer is ready for the next row, or has failed. */
  private void ready(@Nullable Void nothing, @Nullable Throwable why) {
    failure = why;
    if (turns.getAndIncrement() > 0) {
      return;
    }
    try {
      executor.execute(this::takeTurns);
    } catch (RejectedExecutionException e) {
      end(why != null ? why : new DictException("The dict's executor takes no more work", e));
    }
  }

  private void takeTurns() {
    do {
      takeTurn();
    } while (turns.decrementAndGet() > 0);
  }

  private void takeTurn() {
    if (failure != null) {
      end(failure);
      return;
    }
    try {
      DictRow row = source.next();
      if (row == null) {
        end(null);
      } else {
        var unused = consumer.accept(row).whenComplete(this::ready);
      }
    } catch (RuntimeException | Error e) {
      // The failure of the source, or the consumer's own, reaches the caller of the iteration
      // unchanged.
      end(e);
    }
  }

  private void end(@Nullable Throwable why) {
    Throwable reason = why;
    try {
      source.close();
    } catch (RuntimeException e) {
      if (reason == null) {
        reason = e;
      } else {
        reason.addSuppressed(e);
      }
    }
    if (reason == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(reason);
    }
  }
}
