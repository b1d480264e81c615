package org.lastlogin.dictproto.session;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.ReplyTimes;

/**
 * A command that waits for its answer. To be used on the session's thread alone.
 *
 * @param <T> what the dict answers
 */
abstract class PendingCall<T> {
  final Receipt receipt;
  private long progressNanos;

  PendingCall(Receipt receipt) {
    this.receipt = receipt;
    this.progressNanos = receipt.nanos();
  }

  /**
   * That a command was read.
   *
   * @param asyncId its number
   * @param time when, by the clock
   * @param nanos when, as {@link System#nanoTime}
   */
  record Receipt(long asyncId, Instant time, long nanos) {}

  /** Asks the dict. */
  abstract CompletionStage<T> carryOut();

  /** Notes that the command is getting on, and so has all its time again. */
  final void progress(long nowNanos) {
    progressNanos = nowNanos;
  }

  /** What is to be said if it is overdue. */
  String overdue(Duration answerTime) {
    return "No answer from the dict within " + answerTime.toMillis() + " ms";
  }

  final boolean isOverdue(long nowNanos, Duration answerTime) {
    return nowNanos - progressNanos > answerTime.toNanos();
  }

  abstract DictServerObserver.Command kind();

  /** About how much memory the command holds until it is answered. */
  abstract long bytes();

  /**
   * The answer if the dict did what it was asked.
   *
   * @throws RuntimeException if that cannot be an answer
   */
  abstract DictReply succeeded(@Nullable T result, ReplyTimes times);

  /**
   * The answer if it did not.
   *
   * @param uncertain whether it may have done so all the same; only for a commit does that make a
   *     difference
   */
  DictReply failed(boolean uncertain, String text, ReplyTimes times) {
    return new DictReply.Failed(receipt.asyncId(), text, times);
  }

  /** Whether the client wants its values kept out of the log. */
  boolean hidesValues() {
    return false;
  }

  /** Lets go of what the command holds: it was answered, or nobody waits for an answer. */
  void release() {}

  /** What it is about, for the log. */
  abstract String subject();

  /** What was asked, for the log. */
  @Override
  public final String toString() {
    return word() + " of " + subject();
  }

  /** What Dovecot's logs call such a command. */
  final String word() {
    return switch (kind()) {
      case LOOKUP -> "lookup";
      case ITERATE -> "iteration";
      case COMMIT -> "commit";
    };
  }
}
