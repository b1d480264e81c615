package org.lastlogin.dictproto.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictProtocolException;
import org.lastlogin.dictproto.TransactionCommand;

/**
 * Collects the operations of the transactions that a client has begun and not yet ended, and limits
 * how many these are. Which transactions are open, the {@link DictConversation} knows; attached to
 * each is its draft. All methods are for the conversation's latest command. Not safe for use by
 * several threads.
 */
final class OpenTransactions {
  private static final long MAX_NANOSECONDS = 999_999_999;

  private final DictConversation conversation;
  private final DictLimits limits;
  private long bytes;
  private int operations;

  OpenTransactions(DictConversation conversation) {
    this.conversation = conversation;
    this.limits = conversation.limits();
  }

  void open(TransactionCommand.Begin begin, DictContext context) {
    Duration expiry = Duration.ofSeconds(begin.expirySeconds());
    conversation.attach(new Draft(DictTransaction.builder(context).expiry(expiry)));
  }

  /** Carries out any command within a transaction but its begin and the commits. */
  void add(TransactionCommand command) {
    Draft draft = draft();
    DictTransaction.Builder builder = draft.builder;
    if (command instanceof TransactionCommand.Set set) {
      reserve(draft, set.key().length() + set.value().length());
      builder.set(set.key(), set.value());
    } else if (command instanceof TransactionCommand.Unset unset) {
      reserve(draft, unset.key().length());
      builder.unset(unset.key());
    } else if (command instanceof TransactionCommand.Increment increment) {
      reserve(draft, increment.key().length());
      builder.increment(increment.key(), increment.difference());
    } else if (command instanceof TransactionCommand.Append append) {
      reserve(draft, append.key().length() + append.suffix().length());
      builder.append(append.key(), append.suffix());
    } else if (command instanceof TransactionCommand.Timestamp timestamp) {
      builder.timestamp(instant(timestamp));
    } else if (command instanceof TransactionCommand.HideValues hide) {
      builder.hideValues(hide.hide());
    } else if (command instanceof TransactionCommand.Rollback) {
      release(draft);
    }
  }

  /** Ends a transaction with a commit, and returns what it collected. */
  DictTransaction take() {
    Draft draft = draft();
    release(draft);
    return draft.builder.build();
  }

  private Draft draft() {
    return (Draft) Objects.requireNonNull(conversation.attachment());
  }

  private void reserve(Draft draft, int characters) {
    long size = (long) characters + DictLimits.OPERATION_BYTES;
    bytes += size;
    operations++;
    draft.bytes += size;
    draft.operations++;
    if (bytes > limits.openBytes()) {
      throw new DictProtocolException(
          "The open transactions are larger than " + limits.openBytes() + " bytes");
    }
    if (operations > limits.openOperations()) {
      throw new DictProtocolException(
          "The open transactions hold more than " + limits.openOperations() + " operations");
    }
  }

  private void release(Draft draft) {
    bytes -= draft.bytes;
    operations -= draft.operations;
    conversation.attach(null);
  }

  private static Instant instant(TransactionCommand.Timestamp timestamp) {
    if (timestamp.nanoseconds() > MAX_NANOSECONDS
        || timestamp.seconds() > Instant.MAX.getEpochSecond()) {
      throw new DictProtocolException(
          "TIMESTAMP: "
              + timestamp.seconds()
              + " s and "
              + timestamp.nanoseconds()
              + " ns are not a point in time");
    }
    return Instant.ofEpochSecond(timestamp.seconds(), timestamp.nanoseconds());
  }

  /** A transaction that is being collected. */
  private static final class Draft {
    final DictTransaction.Builder builder;
    long bytes;
    int operations;

    Draft(DictTransaction.Builder builder) {
      this.builder = builder;
    }
  }
}
