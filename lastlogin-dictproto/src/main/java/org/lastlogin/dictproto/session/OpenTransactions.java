package org.lastlogin.dictproto.session;

import java.time.Duration;
import java.time.Instant;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictProtocolException;
import org.lastlogin.dictproto.Side;
import org.lastlogin.dictproto.TransactionCommand;
import org.lastlogin.dictproto.TransactionTable;

/**
 * The transactions that a client has begun and not yet ended, as far as they are known. Not safe
 * for use by several threads.
 */
final class OpenTransactions {
  private static final long MAX_NANOSECONDS = 999_999_999;

  private final DictLimits limits;
  private final TransactionTable<Open> table;
  private long bytes;
  private int operations;

  OpenTransactions(DictLimits limits) {
    this.limits = limits;
    this.table = new TransactionTable<>(Side.PEERS, limits.openTransactions());
  }

  void open(TransactionCommand.Begin begin, DictContext context) {
    Duration expiry = Duration.ofSeconds(begin.expirySeconds());
    table.open(begin, () -> new Open(DictTransaction.builder(context).expiry(expiry)));
  }

  /** Carries out any command within a transaction but its begin and the commits. */
  void add(TransactionCommand command) {
    Open transaction = table.find(command);
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
      release(transaction);
    }
  }

  /** Ends a transaction with a commit, and hands over what it collected. */
  DictTransaction take(TransactionCommand commit) {
    Open transaction = table.find(commit);
    release(transaction);
    return transaction.builder.build();
  }

  private void reserve(Open transaction, int characters) {
    long size = (long) characters + DictLimits.OPERATION_BYTES;
    bytes += size;
    operations++;
    transaction.bytes += size;
    transaction.operations++;
    if (bytes > limits.openBytes()) {
      throw new DictProtocolException(
          "The open transactions are larger than " + limits.openBytes() + " bytes");
    }
    if (operations > limits.openOperations()) {
      throw new DictProtocolException(
          "The open transactions hold more than " + limits.openOperations() + " operations");
    }
  }

  private void release(Open transaction) {
    bytes -= transaction.bytes;
    operations -= transaction.operations;
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
    int operations;

    Open(DictTransaction.Builder builder) {
      this.builder = builder;
    }
  }
}
