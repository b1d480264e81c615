package org.lastlogin.dictproto;

import java.util.Objects;

/**
 * A command that opens, fills or ends a transaction. Immutable.
 *
 * <p>A transaction has a number of 32 bits, which the client chooses, and which is valid on its
 * connection alone.
 */
public sealed interface TransactionCommand extends DictCommand {

  /** The number of the transaction. */
  long transaction();

  /**
   * Opens a transaction.
   *
   * @param transaction its number, which no open transaction of the connection has
   * @param username the user; empty if there is none, or if the version has it in HELLO
   * @param expirySeconds the seconds after which values that are set may expire; 0 for never
   */
  record Begin(long transaction, String username, long expirySeconds)
      implements TransactionCommand {
    public Begin {
      Objects.requireNonNull(username, "username");
    }

    @Override
    public CommandType type() {
      return CommandType.BEGIN;
    }
  }

  /**
   * Sets the value of a key.
   *
   * @param transaction the number of the transaction
   * @param key the key
   * @param value its new value
   */
  record Set(long transaction, String key, String value) implements TransactionCommand {
    public Set {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(value, "value");
    }

    @Override
    public CommandType type() {
      return CommandType.SET;
    }
  }

  /**
   * Appends text to the value of a key. Only version 2 has it.
   *
   * @param transaction the number of the transaction
   * @param key the key
   * @param suffix what to append
   */
  record Append(long transaction, String key, String suffix) implements TransactionCommand {
    public Append {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(suffix, "suffix");
    }

    @Override
    public CommandType type() {
      return CommandType.APPEND;
    }
  }

  /**
   * Removes a key.
   *
   * @param transaction the number of the transaction
   * @param key the key
   */
  record Unset(long transaction, String key) implements TransactionCommand {
    public Unset {
      Objects.requireNonNull(key, "key");
    }

    @Override
    public CommandType type() {
      return CommandType.UNSET;
    }
  }

  /**
   * Adds to the number that is a key's value.
   *
   * @param transaction the number of the transaction
   * @param key the key
   * @param difference what to add
   */
  record Increment(long transaction, String key, long difference) implements TransactionCommand {
    public Increment {
      Objects.requireNonNull(key, "key");
    }

    @Override
    public CommandType type() {
      return CommandType.INCREMENT;
    }
  }

  /**
   * States the time of the write.
   *
   * @param transaction the number of the transaction
   * @param seconds the seconds since 1970
   * @param nanoseconds the nanoseconds of the second, below a billion
   */
  record Timestamp(long transaction, long seconds, long nanoseconds) implements TransactionCommand {
    @Override
    public CommandType type() {
      return CommandType.TIMESTAMP;
    }
  }

  /**
   * States whether the values of the transaction must not appear in a log.
   *
   * @param transaction the number of the transaction
   * @param hide whether to hide them
   */
  record HideValues(long transaction, boolean hide) implements TransactionCommand {
    @Override
    public CommandType type() {
      return CommandType.HIDE_VALUES;
    }
  }

  /**
   * Commits a transaction; answered.
   *
   * @param transaction the number of the transaction
   */
  record Commit(long transaction) implements TransactionCommand {
    @Override
    public CommandType type() {
      return CommandType.COMMIT;
    }
  }

  /**
   * Commits a transaction; answered with a marked reply. Versions with {@link
   * Capability#ASYNC_COMMIT} have it.
   *
   * @param transaction the number of the transaction
   */
  record CommitAsync(long transaction) implements TransactionCommand {
    @Override
    public CommandType type() {
      return CommandType.COMMIT_ASYNC;
    }
  }

  /**
   * Drops a transaction; not answered.
   *
   * @param transaction the number of the transaction
   */
  record Rollback(long transaction) implements TransactionCommand {
    @Override
    public CommandType type() {
      return CommandType.ROLLBACK;
    }
  }
}
