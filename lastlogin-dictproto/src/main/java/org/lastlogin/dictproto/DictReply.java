package org.lastlogin.dictproto;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reply of a server: one line of the protocol. Immutable.
 *
 * <p>Replies refer to their command by its number: LOOKUP, ITERATE and the commits are counted from
 * 1 on every connection.
 */
public sealed interface DictReply {

  /** Returns the number of the command that this is a reply to. */
  long asyncId();

  /**
   * Returns the reply that a command failed: {@link Committed} for a commit, otherwise {@link
   * Failed}.
   *
   * @param asyncId the number of the command
   * @param command the command
   * @param error the reason
   * @param times when it began and ended
   * @throws IllegalArgumentException if such a command is not answered
   */
  static DictReply failure(long asyncId, DictCommand command, String error, ReplyTimes times) {
    if (command.type().answer() == null) {
      throw new IllegalArgumentException(command.type() + " is not answered");
    }
    return command instanceof TransactionCommand commit
        ? new Committed(
            asyncId,
            commit.transaction(),
            commit instanceof TransactionCommand.CommitAsync,
            CommitOutcome.FAILED,
            error,
            times)
        : new Failed(asyncId, error, times);
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
   * @param times when it began and ended
   */
  record Found(long asyncId, List<String> values, ReplyTimes times) implements DictReply {
    public Found {
      values = List.copyOf(values);
      Objects.requireNonNull(times, "times");
      if (values.isEmpty()) {
        throw new IllegalArgumentException("A key that was found has at least one value");
      }
    }
  }

  /**
   * A lookup did not find the key.
   *
   * @param asyncId the number of the command
   * @param times when it began and ended
   */
  record NotFound(long asyncId, ReplyTimes times) implements DictReply {
    public NotFound {
      Objects.requireNonNull(times, "times");
    }
  }

  /**
   * A lookup or an iteration failed.
   *
   * @param asyncId the number of the command
   * @param error the reason
   * @param times when it began and ended
   */
  record Failed(long asyncId, String error, ReplyTimes times) implements DictReply {
    public Failed {
      Objects.requireNonNull(error, "error");
      Objects.requireNonNull(times, "times");
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
   * An iteration has sent all its rows.
   *
   * @param asyncId the number of the command
   * @param times when it began and ended
   */
  record EndOfRows(long asyncId, ReplyTimes times) implements DictReply {
    public EndOfRows {
      Objects.requireNonNull(times, "times");
    }
  }

  /** The outcome of a commit. */
  enum CommitOutcome {
    /** All of the transaction is applied and durable. */
    COMMITTED('O'),
    /** A row that was to be incremented does not exist; nothing was applied. */
    NOT_FOUND('N'),
    /** Nothing was applied. */
    FAILED('F'),
    /** The outcome is unknown: the transaction may or may not be applied. */
    UNCERTAIN('W');

    final char wire;

    CommitOutcome(char wire) {
      this.wire = wire;
    }

    /** Returns the outcome with a letter, or {@code null} if there is none. */
    static @Nullable CommitOutcome of(int wire) {
      for (CommitOutcome outcome : values()) {
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
   * @param outcome its outcome
   * @param error the reason if it failed or is uncertain; otherwise empty
   * @param times when it began and ended
   */
  record Committed(
      long asyncId,
      long transaction,
      boolean marked,
      CommitOutcome outcome,
      String error,
      ReplyTimes times)
      implements DictReply {
    public Committed {
      Objects.requireNonNull(outcome, "outcome");
      Objects.requireNonNull(error, "error");
      Objects.requireNonNull(times, "times");
    }
  }
}
