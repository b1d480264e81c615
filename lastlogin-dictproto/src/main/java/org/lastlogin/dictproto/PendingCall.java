package org.lastlogin.dictproto;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;

/** A command that waits for its answer. */
abstract class PendingCall<T> {
  final long asyncId;
  final long startMicros;
  private long progressNanos;

  private PendingCall(long asyncId, long startMicros, long nowNanos) {
    this.asyncId = asyncId;
    this.startMicros = startMicros;
    this.progressNanos = nowNanos;
  }

  /** Notes that the command is getting on, and so has all its time again. */
  final void progress(long nowNanos) {
    progressNanos = nowNanos;
  }

  final boolean isOverdue(long nowNanos, Duration answerTime) {
    return nowNanos - progressNanos > answerTime.toNanos();
  }

  /** The answer if the dict did what it was asked. */
  abstract DictReply succeeded(T result, Timing timing);

  /**
   * The answer if it did not.
   *
   * @param uncertain whether it may have done so all the same; only for a commit does that make a
   *     difference
   */
  DictReply failed(boolean uncertain, String text, Timing timing) {
    return new DictReply.Failed(asyncId, text, timing);
  }

  /**
   * Lets go of what the command holds: its answer was given without it, or nobody waits for one.
   */
  void givenUp() {}

  /** What was asked, for the log. */
  @Override
  public abstract String toString();

  /** A lookup that waits for its value. */
  static final class OfLookup extends PendingCall<LookupResult> {
    private final String key;

    OfLookup(long asyncId, long startMicros, long nowNanos, String key) {
      super(asyncId, startMicros, nowNanos);
      this.key = key;
    }

    @Override
    DictReply succeeded(LookupResult result, Timing timing) {
      return result instanceof LookupResult.Found found
          ? new DictReply.Found(asyncId, found.values(), timing)
          : new DictReply.NotFound(asyncId, timing);
    }

    @Override
    public String toString() {
      return "lookup of " + LogText.shorten(key);
    }
  }

  /** An iteration that waits for its last row. */
  static final class OfIterate extends PendingCall<Void> {
    private final String path;
    private @Nullable CompletableFuture<Void> waiting;
    long rows;

    OfIterate(long asyncId, long startMicros, long nowNanos, String path) {
      super(asyncId, startMicros, nowNanos);
      this.path = path;
    }

    /** A stage like the given one, which ends earlier if the iteration is given up. */
    CompletionStage<Void> unlessGivenUp(CompletionStage<Void> ready) {
      CompletableFuture<Void> either = new CompletableFuture<>();
      waiting = either;
      var unused = ready.thenRun(() -> either.complete(null));
      return either;
    }

    @Override
    void givenUp() {
      if (waiting != null) {
        waiting.completeExceptionally(new DictException("The iteration was given up"));
      }
    }

    @Override
    DictReply succeeded(Void nothing, Timing timing) {
      return new DictReply.EndOfRows(asyncId, timing);
    }

    @Override
    public String toString() {
      return "iteration of " + LogText.shorten(path);
    }
  }

  /** A commit that waits for its outcome. */
  static final class OfCommit extends PendingCall<CommitResult> {
    private final long id;
    private final boolean marked;
    private final DictTransaction transaction;

    OfCommit(
        long asyncId,
        long startMicros,
        long nowNanos,
        long id,
        boolean marked,
        DictTransaction transaction) {
      super(asyncId, startMicros, nowNanos);
      this.id = id;
      this.marked = marked;
      this.transaction = transaction;
    }

    boolean hidesValues() {
      return transaction.hidesValues();
    }

    @Override
    DictReply succeeded(CommitResult result, Timing timing) {
      return reply(
          result == CommitResult.COMMITTED
              ? DictReply.Outcome.COMMITTED
              : DictReply.Outcome.NOT_FOUND,
          "",
          timing);
    }

    @Override
    DictReply failed(boolean uncertain, String text, Timing timing) {
      return reply(
          uncertain ? DictReply.Outcome.UNCERTAIN : DictReply.Outcome.FAILED, text, timing);
    }

    private DictReply reply(DictReply.Outcome outcome, String text, Timing timing) {
      return new DictReply.Committed(asyncId, id, marked, outcome, text, timing);
    }

    @Override
    public String toString() {
      DictContext context = transaction.context();
      String keys =
          String.join(
              ", ",
              transaction.operations().stream()
                  .limit(3)
                  .map(op -> LogText.shorten(op.key()))
                  .toList());
      return "commit of "
          + keys
          + (context.hasUser() ? " (user " + LogText.shorten(context.username()) + ")" : "");
    }
  }
}
