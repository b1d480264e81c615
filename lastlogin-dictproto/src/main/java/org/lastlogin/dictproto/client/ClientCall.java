package org.lastlogin.dictproto.client;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dictproto.Capability;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictVersion;

/**
 * A call of a client: which commands are sent for it, and what the replies mean. Used by the
 * client's event loop alone, except {@link #result}.
 *
 * @param <T> the result of the call
 */
abstract class ClientCall<T> {
  /** A server that breaks its connection over a call will do so again. */
  private static final int MAX_SENDS = 3;

  /** Completes with the result, or the failure. */
  final CompletableFuture<T> result = new CompletableFuture<>();

  /** The user on whose behalf it is made. */
  final DictContext context;

  private int sends;
  private @Nullable ScheduledFuture<?> timeout;
  private boolean progressed;

  ClientCall(DictContext context) {
    this.context = context;
  }

  /**
   * Returns whether HELLO must name the user, in versions where it does: for {@code priv/} keys, of
   * which every user has their own copy.
   */
  abstract boolean needsUser();

  /**
   * Returns the user whom HELLO names on a connection that is opened for this call; empty if the
   * version names the user in each command.
   */
  final String helloUser(DictVersion version) {
    return version.has(Capability.USER_PER_COMMAND) ? "" : context.username();
  }

  /** Returns the user whom the commands of this call name; empty if HELLO does. */
  final String commandUser(DictVersion version) {
    return version.has(Capability.USER_PER_COMMAND) ? context.username() : "";
  }

  /** Returns whether it needs a connection that no other call uses. */
  boolean needsOwnConnection() {
    return false;
  }

  /**
   * Produces the commands to send.
   *
   * @param transaction a number that no open transaction has
   */
  abstract void commands(DictVersion version, long transaction, Consumer<DictCommand> out);

  /** Handles a reply to it. */
  abstract void reply(DictReply reply);

  /** Returns whether it is harmless to send it again after its connection was lost. */
  abstract boolean isRepeatable();

  /** Returns the failure for a call without an answer. */
  DictException unanswered(String why) {
    return new DictException(why);
  }

  /** Notes that it was sent through a connection. */
  void sent(ClientConnection through) {
    sends++;
  }

  /** Notes that it made progress, so that its timeout starts again. */
  final void progress() {
    progressed = true;
  }

  /** Returns whether it made progress since the last call of this method. */
  boolean hasProgressed() {
    boolean since = progressed;
    progressed = false;
    return since;
  }

  /** Returns whether it may be sent, or sent again. */
  final boolean mayBeSentAgain() {
    return sends == 0 || (isRepeatable() && sends < MAX_SENDS);
  }

  /** Fails a call that may have reached the server. */
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

  /** Sets the task that ends it if nothing else does, and cancels the one before. */
  final void setTimeout(@Nullable ScheduledFuture<?> next) {
    if (timeout != null) {
      timeout.cancel(false);
    }
    timeout = next;
  }

  /** Returns the failure for a server's error text. */
  static DictException failure(String text) {
    return new DictException(
        text.isEmpty()
            ? "The dict server failed; this version of the protocol gives no reason"
            : text);
  }
}
