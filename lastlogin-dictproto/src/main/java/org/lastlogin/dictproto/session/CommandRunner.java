package org.lastlogin.dictproto.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.ReplyTimes;

/**
 * Carries out the commands of one connection, and answers each exactly once. To be used on the
 * session's thread alone.
 */
final class CommandRunner {
  private static final int LOOKUPS_AT_ONCE = 4;
  private static final int ITERATIONS_AT_ONCE = 2;
  private static final int PENDING_BYTES = 256 * 1024;

  private final DictConversation conversation;
  private final DictVersion version;
  private final InstantSource clock;
  private final DictReplySink replies;
  private final Executor executor;
  private final SessionReport report;
  private final PendingCalls pending = new PendingCalls();
  private final StartQueue lookups;
  private final StartQueue iterations;

  /**
   * A runner without commands.
   *
   * @param version the version that the client speaks
   */
  CommandRunner(
      String peer,
      DictConversation conversation,
      DictVersion version,
      DictSessionSettings settings,
      DictReplySink replies,
      Executor executor) {
    this.conversation = conversation;
    this.version = version;
    this.clock = settings.clock();
    this.replies = replies;
    this.executor = executor;
    this.report = new SessionReport(peer, settings);
    this.lookups = new StartQueue(LOOKUPS_AT_ONCE, replies, this::run);
    this.iterations = new StartQueue(ITERATIONS_AT_ONCE, replies, this::run);
  }

  int pending() {
    return pending.size();
  }

  boolean hasRoom() {
    int most = conversation.isOrdered() ? 1 : conversation.limits().pendingCommands();
    return pending.size() < most && pending.bytes() <= PENDING_BYTES;
  }

  /** Returns the number of the command that was just read, with the time. */
  PendingCall.Receipt receipt() {
    return new PendingCall.Receipt(conversation.lastAsked(), clock.instant(), System.nanoTime());
  }

  /** Carries a command out, immediately or when its {@link StartQueue} allows. */
  void accept(PendingCall<?> call) {
    pending.add(call);
    replies.send(new DictReply.Accepted(call.receipt.asyncId()));
    queueOf(call).ifPresentOrElse(queue -> queue.add(call), () -> run(call));
  }

  /** Returns the flow of an iteration's rows. */
  RowFlow flowOf(IterateCall call) {
    return new RowFlow(executor, replies, row -> send(call, row));
  }

  private void send(IterateCall call, DictRow row) {
    PendingCall.requireFits(row.values(), conversation.limits());
    replies.send(new DictReply.Row(call.receipt.asyncId(), row.key(), row.values()));
    call.progress(System.nanoTime());
    report.rowSent();
  }

  private <T> void run(PendingCall<T> call) {
    // A dict should neither throw nor return null; thenCompose turns both into a failed future.
    CompletableFuture<T> result =
        CompletableFuture.completedFuture(call).thenCompose(PendingCall::carryOut);
    // A result that is ready is answered at once; later ones are first passed to this thread.
    Executor answering = result.isDone() ? Runnable::run : executor;
    CompletableFuture<Void> answered =
        result.handleAsync(
            (value, failure) -> {
              finish(call, value, failure);
              return null;
            },
            answering);
    var unused =
        answered.exceptionally(
            defect -> {
              report.defect(call, defect);
              return null;
            });
  }

  private <T> void finish(PendingCall<T> call, @Nullable T value, @Nullable Throwable failure) {
    if (!pending.remove(call)) {
      report.late(call, System.nanoTime());
    } else if (failure != null) {
      fail(call, FailureText.unwrap(failure));
    } else {
      try {
        answer(call, call.succeeded(value, times(call)));
      } catch (RuntimeException noAnswer) {
        fail(call, noAnswer);
      }
    }
    call.release();
    queueOf(call).ifPresent(queue -> queue.ended(call));
  }

  private void fail(PendingCall<?> call, Throwable cause) {
    boolean uncertain = cause instanceof UncertainCommitException;
    String text = FailureText.of(cause, version);
    report.failed(call, cause, text);
    try {
      answer(call, call.failed(uncertain, FailureText.shorten(text), times(call)));
    } catch (IllegalArgumentException noText) {
      // The dict's message cannot be encoded.
      answer(call, call.failed(uncertain, "The server's log has the reason", times(call)));
    }
  }

  private void answer(PendingCall<?> call, DictReply reply) {
    replies.send(reply);
    report.answered(call, reply, System.nanoTime());
  }

  private Optional<StartQueue> queueOf(PendingCall<?> call) {
    return switch (call.kind()) {
      case LOOKUP -> Optional.of(lookups);
      case ITERATE -> Optional.of(iterations);
      case COMMIT -> Optional.empty();
    };
  }

  /** Gives up the commands that have taken too long. */
  void expire(long nowNanos) {
    if (pending.size() == 0) {
      return;
    }
    Duration answerTime = conversation.limits().answerTime();
    List<PendingCall<?>> overdue = new ArrayList<>(pending.all());
    overdue.removeIf(call -> !call.isOverdue(nowNanos, answerTime));
    giveUp(overdue, call -> call.overdue(answerTime));
  }

  /** Gives up all pending commands: answers them without waiting for the dict any longer. */
  void giveUpAll(String reason) {
    giveUp(pending.all(), call -> reason);
  }

  private void giveUp(List<PendingCall<?>> calls, Function<PendingCall<?>, String> reason) {
    // Before the first ends: its end would otherwise start another one that is given up as well.
    withdraw(calls);
    for (PendingCall<?> call : calls) {
      if (pending.remove(call)) {
        String text = reason.apply(call);
        report.givenUp(call, text, System.nanoTime());
        replies.send(call.failed(true, text, times(call)));
        call.release();
        queueOf(call).ifPresent(queue -> queue.ended(call));
      }
    }
  }

  /** Removes commands that have not been started from the queues. */
  private void withdraw(List<PendingCall<?>> calls) {
    lookups.withdraw(calls);
    iterations.withdraw(calls);
  }

  /** Ends all pending commands without an answer. */
  void end() {
    List<PendingCall<?>> left = pending.all();
    withdraw(left);
    for (PendingCall<?> call : left) {
      pending.remove(call);
      report.abandoned(call, System.nanoTime());
      call.release();
    }
  }

  private ReplyTimes times(PendingCall<?> call) {
    return ReplyTimes.of(call.receipt.time(), clock.instant());
  }
}
