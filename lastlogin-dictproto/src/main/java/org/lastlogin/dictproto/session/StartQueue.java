package org.lastlogin.dictproto.session;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Starts commands whose answers may be large: only a few at a time, and none while the client does
 * not read earlier answers. This bounds the memory that answers need. To be used on the session's
 * thread alone.
 */
final class StartQueue {
  private final int atOnce;
  private final DictReplySink replies;
  private final Consumer<PendingCall<?>> starter;
  private final Deque<PendingCall<?>> waiting = new ArrayDeque<>(0);
  private final Set<PendingCall<?>> running = new HashSet<>(0);
  private boolean starting;
  private boolean paused;

  /**
   * A queue.
   *
   * @param atOnce how many commands may run at the same time
   * @param replies knows whether the client reads
   * @param starter starts a command, which may end within this call
   */
  StartQueue(int atOnce, DictReplySink replies, Consumer<PendingCall<?>> starter) {
    this.atOnce = atOnce;
    this.replies = replies;
    this.starter = starter;
  }

  void add(PendingCall<?> call) {
    waiting.add(call);
    startNext();
  }

  /** Notes that a command ended, and starts the next if this one was running. */
  void ended(PendingCall<?> call) {
    if (running.remove(call)) {
      startNext();
    }
  }

  /** Removes those of the commands that have not been started. */
  void withdraw(Collection<PendingCall<?>> calls) {
    waiting.removeAll(calls);
  }

  private void startNext() {
    if (starting) {
      // A command that ended at once; the loop below goes on.
      return;
    }
    starting = true;
    try {
      while (running.size() < atOnce && !waiting.isEmpty() && clientReads()) {
        PendingCall<?> next = waiting.remove();
        running.add(next);
        starter.accept(next);
      }
    } finally {
      starting = false;
    }
  }

  private boolean clientReads() {
    if (paused) {
      return false;
    }
    CompletableFuture<Void> writable = replies.whenWritable().toCompletableFuture();
    if (writable.isDone()) {
      return true;
    }
    paused = true;
    var unused = writable.thenRun(this::resume);
    return false;
  }

  private void resume() {
    paused = false;
    startNext();
  }
}
