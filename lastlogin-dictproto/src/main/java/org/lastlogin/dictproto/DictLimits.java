package org.lastlogin.dictproto;

import java.time.Duration;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dictproto.input.Durations;

/**
 * The limits of one connection, made by a {@linkplain #builder builder}. Immutable.
 *
 * <p>The {@link DictConversation} of a connection carries them to its codec and session. A peer
 * that exceeds a limit is disconnected. Only {@link #pendingCommands} makes it wait.
 *
 * @param lineBytes how long a client's line may be, in bytes without its LF
 * @param replyBytes how long a server's line may be, likewise; Dovecot's clients take any
 * @param fields how many fields a line may have, at least seven, as the reply about a failed commit
 *     has; only iterations of several paths, and replies with several values, have more
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

  /** The limits that a {@link Builder} begins with. */
  public static final DictLimits DEFAULT = builder().build();

  /** The bytes that an operation of a transaction counts besides the characters of its texts. */
  public static final int OPERATION_BYTES = 64;

  /** A longer line might not fit an array, as each character of its texts may take three bytes. */
  private static final int MAX_LINE_BYTES = 1 << 28;

  /** The fields of a commit's reply: its number, its outcome, an error, and two times of two. */
  private static final int MIN_FIELDS = 7;

  /**
   * Creates limits.
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
    var unused = Durations.requirePositive("answerTime", answerTime);
  }

  /** Returns a builder with the default limits. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns how many bytes an operation counts as part of a transaction. */
  public static long bytesOf(DictOperation operation) {
    int value = 0;
    if (operation instanceof DictOperation.Set set) {
      value = set.value().length();
    } else if (operation instanceof DictOperation.Append append) {
      value = append.suffix().length();
    }
    return (long) OPERATION_BYTES + operation.key().length() + value;
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

  /** Sets limits that differ from Dovecot's. Not safe for use by several threads. */
  public static final class Builder {
    private int lineBytes = 64 * 1024;
    private int replyBytes = 16 * 1024 * 1024;
    private int fields = 256;
    private int pendingCommands = 1000;
    private int openTransactions = 1000;
    private int openOperations = 100_000;
    private int openBytes = 16 * 1024 * 1024;
    private Duration answerTime = Duration.ofSeconds(25);

    private Builder() {}

    /** Sets {@link DictLimits#lineBytes}; by default 64 KiB, as in Dovecot. */
    public Builder lineBytes(int lineBytes) {
      this.lineBytes = lineBytes;
      return this;
    }

    /** Sets {@link DictLimits#replyBytes}; by default 16 MiB. */
    public Builder replyBytes(int replyBytes) {
      this.replyBytes = replyBytes;
      return this;
    }

    /** Sets {@link DictLimits#fields}; by default 256. */
    public Builder fields(int fields) {
      this.fields = fields;
      return this;
    }

    /** Sets {@link DictLimits#pendingCommands}; by default 1000, as in Dovecot. */
    public Builder pendingCommands(int pendingCommands) {
      this.pendingCommands = pendingCommands;
      return this;
    }

    /** Sets {@link DictLimits#openTransactions}; by default 1000. */
    public Builder openTransactions(int openTransactions) {
      this.openTransactions = openTransactions;
      return this;
    }

    /** Sets {@link DictLimits#openOperations}; by default 100,000. */
    public Builder openOperations(int openOperations) {
      this.openOperations = openOperations;
      return this;
    }

    /** Sets {@link DictLimits#openBytes}; by default 16 MiB. */
    public Builder openBytes(int openBytes) {
      this.openBytes = openBytes;
      return this;
    }

    /** Sets {@link DictLimits#answerTime}; by default 25 s. */
    public Builder answerTime(Duration answerTime) {
      this.answerTime = answerTime;
      return this;
    }

    /**
     * Returns the limits.
     *
     * @throws IllegalArgumentException if one of them is not allowed
     */
    public DictLimits build() {
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
  }
}
