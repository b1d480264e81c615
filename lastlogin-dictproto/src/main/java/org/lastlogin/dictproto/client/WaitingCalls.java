package org.lastlogin.dictproto.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a client that wait for a connection, in two queues: one for the connections that
 * calls share, one for calls that need their own. A call that waits for longer than the connect
 * timeout fails. It waits even if there is no socket, because a server that restarts removes its
 * socket for a moment. Used by the client's event loop alone.
 */
final class WaitingCalls {
  /** With more calls in a queue, the last would wait too long for its answer to be of use. */
  static final int MAX = 10_000;

  private final CallDeadlines deadlines;
  private final Supplier<String> lastFailure;
  private final Deque<ClientCall<?>> forShared = new ArrayDeque<>();
  private final Deque<ClientCall<?>> forOwn = new ArrayDeque<>();

  /**
   * Empty queues.
   *
   * @param deadlines limits the time of each call
   * @param lastFailure returns why there is no connection
   */
  WaitingCalls(CallDeadlines deadlines, Supplier<String> lastFailure) {
    this.deadlines = deadlines;
    this.lastFailure = lastFailure;
  }

  private Deque<ClientCall<?>> queueOf(ClientCall<?> call) {
    return call.needsOwnConnection() ? forOwn : forShared;
  }

  /** Returns whether the queue of a call is full. */
  boolean isFull(ClientCall<?> call) {
    return queueOf(call).size() >= MAX;
  }

  /** Adds a new call. */
  void add(ClientCall<?> call) {
    limitTime(call);
    queueOf(call).addLast(call);
  }

  /** Adds a call before all others, with its whole connect timeout again. */
  void addAgain(ClientCall<?> call) {
    limitTime(call);
    queueOf(call).addFirst(call);
  }

  /** Puts a call back before all others, unless it has ended; its connect timeout runs on. */
  void putBack(ClientCall<?> call) {
    if (!call.isDone()) {
      queueOf(call).addFirst(call);
    }
  }

  private void limitTime(ClientCall<?> call) {
    deadlines.untilSent(
        call,
        () -> {
          queueOf(call).remove(call);
          return lastFailure.get();
        });
  }

  boolean isEmpty() {
    return forShared.isEmpty() && forOwn.isEmpty();
  }

  /**
   * Returns the first call that waits for a shared connection, or {@code null} if there is none.
   */
  @Nullable ClientCall<?> firstForShared() {
    return forShared.peekFirst();
  }

  /** Returns the calls that wait for a shared connection, the first first; it can remove them. */
  Iterator<ClientCall<?>> forShared() {
    return forShared.iterator();
  }

  /** Removes and returns the first call that needs its own connection; {@code null} if none. */
  @Nullable ClientCall<?> takeForOwn() {
    return forOwn.pollFirst();
  }
}
