package org.lastlogin.dictproto.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.RowConsumer;

/**
 * The rows of an iteration on their way from the dict's thread to the session's: a few at a time,
 * since to change the thread for each would cost more than the row. Safe for use by a thread of the
 * dict and the session's.
 */
final class RowFlow implements RowConsumer {
  /** How much may be on its way before the dict has to wait. */
  private static final int BYTES = 16 * 1024;

  /** What a row costs besides its text. */
  private static final int ROW_BYTES = 64;

  private final Executor executor;
  private final DictReplySink replies;
  private final Consumer<DictRow> sender;

  private final Queue<DictRow> rows = new ArrayDeque<>();
  private int bytes;
  private long accepted;
  private boolean sendingSoon;
  private @Nullable CompletableFuture<Void> room;
  private @Nullable Throwable failure;

  /**
   * A flow without rows.
   *
   * @param executor runs tasks on the session's thread
   * @param replies tells whether the client reads
   * @param sender sends a row, on the session's thread
   */
  RowFlow(Executor executor, DictReplySink replies, Consumer<DictRow> sender) {
    this.executor = executor;
    this.replies = replies;
    this.sender = sender;
  }

  @Override
  public CompletionStage<Void> accept(DictRow row) {
    CompletableFuture<Void> ready = null;
    boolean first;
    synchronized (this) {
      if (failure != null) {
        return CompletableFuture.failedFuture(failure);
      }
      rows.add(row);
      accepted++;
      bytes += ROW_BYTES + row.key().length();
      row.values().forEach(value -> bytes += value.length());
      first = !sendingSoon;
      sendingSoon = true;
      if (bytes >= BYTES) {
        ready = new CompletableFuture<>();
        room = ready;
      }
    }
    if (first) {
      executor.execute(this::send);
    }
    return ready == null ? READY : ready;
  }

  /** Sends what is there as soon as the client reads. */
  private void send() {
    CompletableFuture<Void> writable = replies.whenWritable().toCompletableFuture();
    if (writable.isDone()) {
      sendNow();
    } else {
      var unused = writable.thenRun(this::send);
    }
  }

  /** Sends what is there, on the session's thread; if that fails, so does whatever comes later. */
  void sendNow() {
    List<DictRow> batch;
    CompletableFuture<Void> waiting;
    synchronized (this) {
      batch = new ArrayList<>(rows);
      rows.clear();
      bytes = 0;
      sendingSoon = false;
      waiting = room;
      room = null;
    }
    try {
      batch.forEach(sender);
    } catch (RuntimeException e) {
      end(e);
      if (waiting != null) {
        waiting.completeExceptionally(e);
      }
      return;
    }
    if (waiting != null) {
      waiting.complete(null);
    }
  }

  /** Takes no more rows, and fails the dict that waits with one. */
  void end(Throwable why) {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      if (failure == null) {
        failure = why;
      }
      rows.clear();
      waiting = room;
      room = null;
    }
    if (waiting != null) {
      waiting.completeExceptionally(why);
    }
  }

  /** Whether there are rows that the client does not take. */
  synchronized boolean isHeldUp() {
    return !rows.isEmpty();
  }

  /** How many rows the dict has handed over. */
  synchronized long accepted() {
    return accepted;
  }

  /** Why no more rows are taken, or {@code null} if they are. */
  synchronized @Nullable Throwable failure() {
    return failure;
  }
}
