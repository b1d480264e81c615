package org.lastlogin.dictproto;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;

/**
 * The transactions that a connection has begun and not yet ended. Not safe for use by several
 * threads.
 */
final class OpenTransactions {
  /** What an operation costs besides its text. */
  private static final int OPERATION_BYTES = 64;

  private static final long MAX_NANOSECONDS = 999_999_999;

  private final DictLimits limits;
  private final Map<Long, Open> open = new HashMap<>();
  private long bytes;

  OpenTransactions(DictLimits limits) {
    this.limits = limits;
  }

  void open(TransactionCommand.Begin begin, DictContext context) {
    if (open.size() == limits.openTransactions()) {
      throw new DictProtocolException(
          "BEGIN: " + open.size() + " transactions are open already; no more are allowed");
    }
    DictTransaction.Builder builder =
        DictTransaction.builder(context).expiry(Duration.ofSeconds(begin.expirySeconds()));
    if (open.putIfAbsent(begin.transaction(), new Open(builder)) != null) {
      throw new DictProtocolException(
          "BEGIN: the transaction id " + begin.transaction() + " is in use");
    }
  }

  /** Carries out any command within a transaction but its begin and the commits. */
  void add(TransactionCommand command) {
    Open transaction = find(command.transaction());
    DictTransaction.Builder builder = transaction.builder;
    if (command instanceof TransactionCommand.Set set) {
      reserve(transaction, set.key().length() + set.value().length());
      builder.set(set.key(), set.value());
    } else if (command instanceof TransactionCommand.Unset unset) {
      reserve(transaction, unset.key().length());
      builder.unset(unset.key());
    } else if (command instanceof TransactionCommand.Increment increment) {
      reserve(transaction, increment.key().length());
      builder.increment(increment.key(), increment.difference());
    } else if (command instanceof TransactionCommand.Append append) {
      reserve(transaction, append.key().length() + append.suffix().length());
      builder.append(append.key(), append.suffix());
    } else if (command instanceof TransactionCommand.Timestamp timestamp) {
      builder.timestamp(instant(timestamp));
    } else if (command instanceof TransactionCommand.HideValues hide) {
      builder.hideValues(hide.hide());
    } else if (command instanceof TransactionCommand.Rollback) {
      take(command.transaction());
    }
  }

  /** Ends a transaction and hands over what it collected. */
  DictTransaction take(long id) {
    Open transaction = find(id);
    open.remove(id);
    bytes -= transaction.bytes;
    return transaction.builder.build();
  }

  private Open find(long id) {
    Open transaction = open.get(id);
    if (transaction == null) {
      throw new DictProtocolException("There is no open transaction with the id " + id);
    }
    return transaction;
  }

  private void reserve(Open transaction, int characters) {
    long size = (long) characters + OPERATION_BYTES;
    bytes += size;
    transaction.bytes += size;
    if (bytes > limits.openBytes()) {
      throw new DictProtocolException(
          "The open transactions are larger than " + limits.openBytes() + " bytes");
    }
  }

  private static Instant instant(TransactionCommand.Timestamp timestamp) {
    if (timestamp.nanoseconds() > MAX_NANOSECONDS
        || timestamp.seconds() > Instant.MAX.getEpochSecond()) {
      throw new DictProtocolException(
          "TIMESTAMP: "
              + timestamp.seconds()
              + " s and "
              + timestamp.nanoseconds()
              + " ns are no point in time");
    }
    return Instant.ofEpochSecond(timestamp.seconds(), timestamp.nanoseconds());
  }

  /** A transaction that is being collected. */
  private static final class Open {
    final DictTransaction.Builder builder;
    long bytes;

    Open(DictTransaction.Builder builder) {
      this.builder = builder;
    }
  }
}
