package org.lastlogin.dictproto.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictException;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.ReplyTimes;

/**
 * A command that waits for its answer. To be used on the session's thread alone.
 *
 * @param <T> the result of the dict
 */
abstract class PendingCall<T> {
  final Receipt receipt;
  private long progressNanos;

  PendingCall(Receipt receipt) {
    this.receipt = receipt;
    this.progressNanos = receipt.nanos();
  }

  /**
   * The receipt of a command.
   *
   * @param asyncId its number
   * @param time when, by the clock
   * @param nanos when, as {@link System#nanoTime}
   */
  record Receipt(long asyncId, Instant time, long nanos) {}

  /** Calls the dict. */
  abstract CompletionStage<T> carryOut();

  /** Notes that the command made progress, so that its answer time starts again. */
  final void progress(long nowNanos) {
    progressNanos = nowNanos;
  }

  /** Returns the error text if it is overdue. */
  String overdue(Duration answerTime) {
    return "No answer from the dict within " + answerTime.toMillis() + " ms";
  }

  final boolean isOverdue(long nowNanos, Duration answerTime) {
    return nowNanos - progressNanos > answerTime.toNanos();
  }

  abstract DictServerObserver.Command kind();

  /** Returns about how many bytes of memory the command holds until it is answered. */
  abstract long bytes();

  /**
   * Returns the answer for a result of the dict.
   *
   * @throws RuntimeException if the result cannot be an answer
   */
  abstract DictReply succeeded(@Nullable T result, ReplyTimes times);

  /**
   * Returns the answer for a failure.
   *
   * @param uncertain whether the outcome is unknown; only for a commit does that make a difference
   */
  DictReply failed(boolean uncertain, String text, ReplyTimes times) {
    return new DictReply.Failed(receipt.asyncId(), text, times);
  }

  /**
   * Requires that values are not longer than an answer may be.
   *
   * @throws DictException if they are
   */
  static void requireFits(List<String> values, DictLimits limits) {
    long characters = values.stream().mapToLong(String::length).sum();
    if (characters > limits.replyBytes()) {
      throw new DictException("A value of " + characters + " characters is too long for an answer");
    }
  }

  /** Returns whether its values must not appear in the log. */
  boolean hidesValues() {
    return false;
  }

  /** Releases what the command holds, after its end. */
  void release() {}

  /** Returns the keys and the user of the command, for the log. */
  abstract String subject();

  /** Describes the command for the log. */
  @Override
  public final String toString() {
    return word() + " of " + subject();
  }

  /** Returns the word for such a command in Dovecot's logs. */
  final String word() {
    return switch (kind()) {
      case LOOKUP -> "lookup";
      case ITERATE -> "iteration";
      case COMMIT -> "commit";
    };
  }
}
