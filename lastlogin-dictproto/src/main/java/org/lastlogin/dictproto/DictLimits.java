package org.lastlogin.dictproto;

import java.time.Duration;

/**
 * How much one connection may ask for. Immutable.
 *
 * @param lineBytes how long a line may be, in bytes without its LF
 * @param pendingCommands how many commands may wait for their answer; no further command is taken
 *     until one is answered
 * @param openTransactions how many transactions may be open
 * @param openBytes how large all open transactions together may be, in bytes; every operation
 *     counts as its text and 64 bytes
 * @param answerTime how long a LOOKUP, an ITERATE or a commit may take; after that it is answered
 *     as failed, or a commit as uncertain. Dovecot's clients give up after 30 s.
 */
public record DictLimits(
    int lineBytes, int pendingCommands, int openTransactions, int openBytes, Duration answerTime) {

  /**
   * Lines of 64 KiB and 1000 pending commands, as Dovecot has them; 1000 open transactions; 16 MiB
   * in open transactions; an answer after 25 s at the latest.
   */
  public static final DictLimits DEFAULT =
      new DictLimits(64 * 1024, 1000, 1000, 16 * 1024 * 1024, Duration.ofSeconds(25));

  public DictLimits {
    requirePositive("lineBytes", lineBytes);
    requirePositive("pendingCommands", pendingCommands);
    requirePositive("openTransactions", openTransactions);
    requirePositive("openBytes", openBytes);
    if (answerTime.isNegative() || answerTime.isZero()) {
      throw new IllegalArgumentException("answerTime must be positive, not " + answerTime);
    }
  }

  /** The same limits with another time in which to answer. */
  public DictLimits withAnswerTime(Duration newAnswerTime) {
    return new DictLimits(lineBytes, pendingCommands, openTransactions, openBytes, newAnswerTime);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }
}
