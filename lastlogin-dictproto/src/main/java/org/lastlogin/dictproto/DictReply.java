package org.lastlogin.dictproto;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server answers: one line of the protocol. Immutable.
 *
 * <p>Replies name their command by its number: LOOKUP, ITERATE and the commits are counted from 1
 * on every connection.
 */
public sealed interface DictReply {

  /** The number of the command that this belongs to. */
  long asyncId();

  /**
   * The reply that a command failed, as its kind wants it: {@link Committed} to a commit, otherwise
   * {@link Failed}.
   *
   * @param asyncId the number of the command
   * @param command the command
   * @param error why
   * @param timing how long it took
   * @throws IllegalArgumentException if such a command is not answered
   */
  static DictReply failure(long asyncId, DictCommand command, String error, Timing timing) {
    if (command.type().answer() == null) {
      throw new IllegalArgumentException(command.type() + " is not answered");
    }
    return command instanceof TransactionCommand commit
        ? new Committed(
            asyncId,
            commit.transaction(),
            commit instanceof TransactionCommand.CommitAsync,
            Outcome.FAILED,
            error,
            timing)
        : new Failed(asyncId, error, timing);
  }

  /**
   * The command was read; its answer will follow.
   *
   * @param asyncId the number of the command
   */
  record Accepted(long asyncId) implements DictReply {}

  /**
   * A lookup found the key.
   *
   * @param asyncId the number of the command
   * @param values its values, at least one
   * @param timing how long it took
   */
  record Found(long asyncId, List<String> values, Timing timing) implements DictReply {
    public Found {
      values = List.copyOf(values);
      Objects.requireNonNull(timing, "timing");
      if (values.isEmpty()) {
        throw new IllegalArgumentException("A key that was found has at least one value");
      }
    }
  }

  /**
   * A lookup did not find the key.
   *
   * @param asyncId the number of the command
   * @param timing how long it took
   */
  record NotFound(long asyncId, Timing timing) implements DictReply {
    public NotFound {
      Objects.requireNonNull(timing, "timing");
    }
  }

  /**
   * A lookup or an iteration failed.
   *
   * @param asyncId the number of the command
   * @param error why
   * @param timing how long it took
   */
  record Failed(long asyncId, String error, Timing timing) implements DictReply {
    public Failed {
      Objects.requireNonNull(error, "error");
      Objects.requireNonNull(timing, "timing");
    }
  }

  /**
   * One row of an iteration.
   *
   * @param asyncId the number of the command
   * @param key the row's key
   * @param values its values; none if the iteration asked for keys alone
   */
  record Row(long asyncId, String key, List<String> values) implements DictReply {
    public Row {
      Objects.requireNonNull(key, "key");
      values = List.copyOf(values);
    }
  }

  /**
   * An iteration handed over all its rows.
   *
   * @param asyncId the number of the command
   * @param timing how long it took
   */
  record EndOfRows(long asyncId, Timing timing) implements DictReply {
    public EndOfRows {
      Objects.requireNonNull(timing, "timing");
    }
  }

  /** How a commit ended. */
  enum Outcome {
    /** All of the transaction is applied and durable. */
    COMMITTED('O'),
    /** A row that was to be incremented does not exist; nothing was applied. */
    NOT_FOUND('N'),
    /** Nothing was applied. */
    FAILED('F'),
    /** Nobody knows whether it was applied. */
    UNCERTAIN('W');

    final char wire;

    Outcome(char wire) {
      this.wire = wire;
    }

    /** The outcome that a reply's letter stands for, or {@code null} if there is none. */
    static @Nullable Outcome of(int wire) {
      for (Outcome outcome : values()) {
        if (outcome.wire == wire) {
          return outcome;
        }
      }
      return null;
    }

    boolean hasError() {
      return this == FAILED || this == UNCERTAIN;
    }
  }

  /**
   * A commit ended.
   *
   * @param asyncId the number of the command
   * @param transaction the number of the transaction
   * @param marked whether the commit asked for a marked answer, see {@link
   *     TransactionCommand.CommitAsync}
   * @param outcome how it ended
   * @param error why it failed or is uncertain; otherwise empty
   * @param timing how long it took
   */
  record Committed(
      long asyncId, long transaction, boolean marked, Outcome outcome, String error, Timing timing)
      implements DictReply {
    public Committed {
      Objects.requireNonNull(outcome, "outcome");
      Objects.requireNonNull(error, "error");
      Objects.requireNonNull(timing, "timing");
    }
  }
}
