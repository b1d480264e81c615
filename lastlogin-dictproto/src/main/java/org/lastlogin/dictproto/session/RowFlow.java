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
 * Passes the rows of an iteration from the dict's thread to the session's, several at a time: a
 * change of threads costs more than a row. Makes the dict wait while the client does not read. Safe
 * for use by a thread of the dict and the session's.
 */
final class RowFlow implements RowConsumer {
  /** How many bytes of rows may be queued before the dict must wait. */
  private static final int BYTES = 16 * 1024;

  /** The bytes that a row counts besides its text. */
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
   * @param replies knows whether the client reads
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

  /** Sends the queued rows as soon as the client reads. */
  private void send() {
    CompletableFuture<Void> writable = replies.whenWritable().toCompletableFuture();
    if (writable.isDone()) {
      sendNow();
    } else {
      var unused = writable.thenRun(this::send);
    }
  }

  /** Sends the queued rows, on the session's thread; if that fails, later rows fail as well. */
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

  /** Accepts no more rows, and fails the one with which the dict waits. */
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

  /** Returns whether there are rows that the client does not read. */
  synchronized boolean isHeldUp() {
    return !rows.isEmpty();
  }

  /** Returns how many rows the dict has passed. */
  synchronized long accepted() {
    return accepted;
  }

  /** Returns why no more rows are accepted, or {@code null} if they are. */
  synchronized @Nullable Throwable failure() {
    return failure;
  }
}
