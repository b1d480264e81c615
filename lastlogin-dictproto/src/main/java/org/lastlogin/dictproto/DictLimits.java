package org.lastlogin.dictproto;

import java.time.Duration;

/**
 * How much one connection may ask for. Immutable; made from {@link #DEFAULT} by the {@code with}
 * methods.
 *
 * <p>A peer that goes beyond a limit is disconnected, but for {@link #pendingCommands}, which only
 * makes it wait.
 *
 * @param lineBytes how long a client's line may be, in bytes without its LF
 * @param replyBytes how long a server's line may be, likewise; Dovecot's clients take any
 * @param fields how many fields a line may have, at least seven; only iterations of several paths,
 *     and replies with several values, have more
 * @param pendingCommands how many commands may wait for their answer; no further command is taken
 *     until one is answered
 * @param openTransactions how many transactions may be open
 * @param openOperations how many operations all open transactions together may hold
 * @param openBytes how large all open transactions together may be, in bytes; every operation
 *     counts as the characters of its texts and {@link #OPERATION_BYTES}
 * @param answerTime how long a LOOKUP, an ITERATE or a commit may take; after that it is answered
 *     as failed, or a commit as uncertain. Dovecot's clients give up after 30 s.
 */
public record DictLimits(
    int lineBytes,
    int replyBytes,
    int fields,
    int pendingCommands,
    int openTransactions,
    int openOperations,
    int openBytes,
    Duration answerTime) {

  /**
   * A time beyond this could not be counted in nanoseconds. It stands first, since DEFAULT is
   * checked by it.
   */
  public static final Duration LONGEST = Duration.ofDays(365 * 100L);

  /**
   * Lines of 64 KiB and 1000 pending commands, as Dovecot has them; replies of 16 MiB; 256 fields;
   * 1000 open transactions, with 100,000 operations and 16 MiB in all of them together; an answer
   * after 25 s at the latest.
   */
  public static final DictLimits DEFAULT =
      new DictLimits(
          64 * 1024,
          16 * 1024 * 1024,
          256,
          1000,
          1000,
          100_000,
          16 * 1024 * 1024,
          Duration.ofSeconds(25));

  /** What an operation of a transaction counts besides the characters of its texts, in bytes. */
  public static final int OPERATION_BYTES = 64;

  /** So that a line fits an array even if every character of its texts takes three bytes. */
  private static final int MAX_LINE_BYTES = 1 << 28;

  /** Those of a commit's reply: its number, its outcome, an error, and two times of two each. */
  private static final int MIN_FIELDS = 7;

  /**
   * Limits, all of which are stated.
   *
   * @throws IllegalArgumentException if one of them is not positive, a line longer than 256 MiB, or
   *     a line of seven fields not allowed
   */
  public DictLimits {
    requireLine("lineBytes", lineBytes);
    requireLine("replyBytes", replyBytes);
    if (fields < MIN_FIELDS) {
      throw new IllegalArgumentException(
          "fields must be at least " + MIN_FIELDS + ", not " + fields);
    }
    requirePositive("pendingCommands", pendingCommands);
    requirePositive("openTransactions", openTransactions);
    requirePositive("openOperations", openOperations);
    requirePositive("openBytes", openBytes);
    if (answerTime.isNegative() || answerTime.isZero() || answerTime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "answerTime must be positive, and no more than 100 years, not " + answerTime);
    }
  }

  /** The same limits with another {@link #lineBytes}. */
  public DictLimits withLineBytes(int lineBytes) {
    return new DictLimits(
        lineBytes,
        replyBytes,
        fields,
        pendingCommands,
        openTransactions,
        openOperations,
        openBytes,
        answerTime);
  }

  /** The same limits with another {@link #replyBytes}. */
  public DictLimits withReplyBytes(int replyBytes) {
    return new DictLimits(
        lineBytes,
        replyBytes,
        fields,
        pendingCommands,
        openTransactions,
        openOperations,
        openBytes,
        answerTime);
  }

  /** The same limits with another {@link #fields}. */
  public DictLimits withFields(int fields) {
    return new DictLimits(
        lineBytes,
        replyBytes,
        fields,
        pendingCommands,
        openTransactions,
        openOperations,
        openBytes,
        answerTime);
  }

  /** The same limits with another {@link #pendingCommands}. */
  public DictLimits withPendingCommands(int pendingCommands) {
    return new DictLimits(
        lineBytes,
        replyBytes,
        fields,
        pendingCommands,
        openTransactions,
        openOperations,
        openBytes,
        answerTime);
  }

  /** The same limits with another {@link #openTransactions}. */
  public DictLimits withOpenTransactions(int openTransactions) {
    return new DictLimits(
        lineBytes,
        replyBytes,
        fields,
        pendingCommands,
        openTransactions,
        openOperations,
        openBytes,
        answerTime);
  }

  /** The same limits with another {@link #openOperations}. */
  public DictLimits withOpenOperations(int openOperations) {
    return new DictLimits(
        lineBytes,
        replyBytes,
        fields,
        pendingCommands,
        openTransactions,
        openOperations,
        openBytes,
        answerTime);
  }

  /** The same limits with another {@link #openBytes}. */
  public DictLimits withOpenBytes(int openBytes) {
    return new DictLimits(
        lineBytes,
        replyBytes,
        fields,
        pendingCommands,
        openTransactions,
        openOperations,
        openBytes,
        answerTime);
  }

  /** The same limits with another {@link #answerTime}. */
  public DictLimits withAnswerTime(Duration answerTime) {
    return new DictLimits(
        lineBytes,
        replyBytes,
        fields,
        pendingCommands,
        openTransactions,
        openOperations,
        openBytes,
        answerTime);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }

  private static void requireLine(String name, int value) {
    requirePositive(name, value);
    if (value > MAX_LINE_BYTES) {
      throw new IllegalArgumentException(
          name + " must be at most " + MAX_LINE_BYTES + ", not " + value);
    }
  }
}
