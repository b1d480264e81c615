package org.lastlogin.dictproto.client;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictVersion;

/**
 * Something that a client was asked for: what is sent for it, and what its answer means. Used by
 * the client's event loop alone, but for {@link #result}.
 */
abstract class ClientCall<T> {
  /** A server that breaks its connection over a call will do so again. */
  private static final int MAX_SENDS = 3;

  /** How it ends. */
  final CompletableFuture<T> result = new CompletableFuture<>();

  /** On whose behalf it is made. */
  final DictContext context;

  private int sends;
  private @Nullable ScheduledFuture<?> timeout;
  private boolean progressed;

  ClientCall(DictContext context) {
    this.context = context;
  }

  /**
   * Whether a connection whose HELLO has named the user is needed, where HELLO does that: only for
   * keys of which every user has an own copy.
   */
  abstract boolean needsUser();

  /** Whether it needs a connection that no other call uses. */
  boolean needsOwnConnection() {
    return false;
  }

  /**
   * Says what is to be sent.
   *
   * @param transaction a number that no open transaction has
   */
  abstract void commands(DictVersion version, long transaction, Consumer<DictCommand> out);

  /** Takes a reply to it. */
  abstract void reply(DictReply reply);

  /** Whether it does no harm to send it again after a connection was lost with it. */
  abstract boolean isRepeatable();

  /** What failed, if the answer did not come. */
  DictException unanswered(String why) {
    return new DictException(why);
  }

  /** Notes that it is sent through a connection. */
  void sent(ClientConnection through) {
    sends++;
  }

  /** Notes that it is getting on, and has all its time again. */
  final void progress() {
    progressed = true;
  }

  /** Whether it got on since this was last asked. */
  boolean hasProgressed() {
    boolean since = progressed;
    progressed = false;
    return since;
  }

  /** Whether it may be sent after it was sent before. */
  final boolean mayBeSentAgain() {
    return sends == 0 || (isRepeatable() && sends < MAX_SENDS);
  }

  /** Fails, after it may have reached the server. */
  final void failUnanswered(String why) {
    fail(sends == 0 ? new DictException(why) : unanswered(why));
  }

  /** Succeeds. */
  final void succeed(@Nullable T value) {
    setTimeout(null);
    result.complete(value);
  }

  /** Fails for a reason. */
  final void fail(Throwable why) {
    setTimeout(null);
    result.completeExceptionally(why);
  }

  final boolean isDone() {
    return result.isDone();
  }

  /** What ends it if nothing else does, in place of what was set before. */
  final void setTimeout(@Nullable ScheduledFuture<?> next) {
    if (timeout != null) {
      timeout.cancel(false);
    }
    timeout = next;
  }

  /** The failure that a server's error text means. */
  static DictException failure(String text) {
    return new DictException(
        text.isEmpty()
            ? "The dict server has failed; this version of the protocol says not why"
            : text);
  }
}
