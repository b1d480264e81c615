package org.lastlogin.dictproto.client;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictScope;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.dictproto.Capability;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.TransactionCommand;

/**
 * A commit, which sends the whole transaction at once. It sends the time of a write from version
 * 2.2 on, and the wish to hide values from 4.0 on: releases of earlier versions differ in whether
 * they know these commands, and close the connection if not.
 */
final class ClientCommit extends ClientCall<CommitResult> {
  private final DictTransaction transaction;

  ClientCommit(DictTransaction transaction) {
    super(transaction.context());
    this.transaction = transaction;
  }

  /**
   * Requires that the transaction is within limits, as a server disconnects clients that exceed
   * them.
   *
   * @throws DictException if it exceeds one of them
   */
  void requireWithin(DictLimits limits) {
    requireAtMost(limits.openOperations(), transaction.operations().size(), "operations");
    requireAtMost(
        limits.openBytes(),
        transaction.operations().stream().mapToLong(DictLimits::bytesOf).sum(),
        "bytes");
  }

  private static void requireAtMost(int limit, long size, String unit) {
    if (size > limit) {
      throw new DictException(
          "A transaction of " + size + " " + unit + " is too large: a server takes up to " + limit);
    }
  }

  @Override
  boolean needsUser() {
    return transaction.operations().stream()
        .anyMatch(operation -> DictScope.of(operation.key()) == DictScope.PRIVATE);
  }

  @Override
  void commands(DictVersion version, long id, Consumer<DictCommand> out) {
    String user = commandUser(version);
    out.accept(new TransactionCommand.Begin(id, user, seconds(transaction.expiry())));
    if (transaction.hidesValues() && version.has(Capability.HIDDEN_VALUES)) {
      out.accept(new TransactionCommand.HideValues(id, true));
    }
    if (version.has(Capability.TIMESTAMPS)) {
      transaction.timestamp().ifPresent(time -> out.accept(timestamp(id, time)));
    }
    for (DictOperation operation : transaction.operations()) {
      out.accept(command(id, operation));
    }
    out.accept(new TransactionCommand.Commit(id));
  }

  /** Returns an expiry in whole seconds, rounded up: 0 would mean never. */
  private static long seconds(Duration expiry) {
    return expiry.plusNanos(999_999_999).toSeconds();
  }

  private static DictCommand timestamp(long id, Instant time) {
    return new TransactionCommand.Timestamp(id, time.getEpochSecond(), time.getNano());
  }

  private static DictCommand command(long id, DictOperation operation) {
    if (operation instanceof DictOperation.Set set) {
      return new TransactionCommand.Set(id, set.key(), set.value());
    } else if (operation instanceof DictOperation.Increment increment) {
      return new TransactionCommand.Increment(id, increment.key(), increment.difference());
    } else if (operation instanceof DictOperation.Append append) {
      return new TransactionCommand.Append(id, append.key(), append.suffix());
    }
    return new TransactionCommand.Unset(id, operation.key());
  }

  @Override
  void reply(DictReply reply) {
    DictReply.Committed committed = (DictReply.Committed) reply;
    switch (committed.outcome()) {
      case COMMITTED -> succeed(CommitResult.COMMITTED);
      case NOT_FOUND -> succeed(CommitResult.NOT_FOUND);
      case FAILED -> fail(failure(committed.error()));
      case UNCERTAIN -> fail(new UncertainCommitException(committed.error()));
    }
  }

  @Override
  boolean isRepeatable() {
    return transaction.operations().stream()
        .allMatch(
            operation ->
                operation instanceof DictOperation.Set || operation instanceof DictOperation.Unset);
  }

  @Override
  DictException unanswered(String why) {
    return new UncertainCommitException(why + "; the outcome of the commit is unknown");
  }
}
