package org.lastlogin.dictproto.session;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.ReplyTimes;
import org.lastlogin.dictproto.TransactionCommand;
import org.lastlogin.dictproto.input.LogText;

/** A pending commit. To be used on the session's thread alone. */
final class CommitCall extends PendingCall<CommitResult> {
  private static final int SHOWN_KEYS = 3;
  private static final CompletionStage<CommitResult> NOTHING_TO_DO =
      CompletableFuture.completedStage(CommitResult.COMMITTED);

  private final Dict dict;
  private final TransactionCommand command;
  private final DictTransaction transaction;
  private final long bytes;

  /**
   * A commit.
   *
   * @param command the command that asked for it
   */
  CommitCall(Receipt receipt, Dict dict, TransactionCommand command, DictTransaction transaction) {
    super(receipt);
    this.dict = dict;
    this.command = command;
    this.transaction = transaction;
    this.bytes = transaction.operations().stream().mapToLong(DictLimits::bytesOf).sum();
  }

  @Override
  CompletionStage<CommitResult> carryOut() {
    return transaction.operations().isEmpty() ? NOTHING_TO_DO : dict.commit(transaction);
  }

  @Override
  DictServerObserver.Command kind() {
    return DictServerObserver.Command.COMMIT;
  }

  @Override
  long bytes() {
    return bytes;
  }

  @Override
  boolean hidesValues() {
    return transaction.hidesValues();
  }

  @Override
  DictReply succeeded(@Nullable CommitResult result, ReplyTimes times) {
    return switch (Objects.requireNonNull(result, "The dict's answer is null")) {
      case COMMITTED -> reply(DictReply.CommitOutcome.COMMITTED, "", times);
      case NOT_FOUND -> reply(DictReply.CommitOutcome.NOT_FOUND, "", times);
    };
  }

  @Override
  DictReply failed(boolean uncertain, String text, ReplyTimes times) {
    return reply(
        uncertain ? DictReply.CommitOutcome.UNCERTAIN : DictReply.CommitOutcome.FAILED,
        text,
        times);
  }

  private DictReply reply(DictReply.CommitOutcome outcome, String text, ReplyTimes times) {
    boolean marked = command instanceof TransactionCommand.CommitAsync;
    return new DictReply.Committed(
        receipt.asyncId(), command.transaction(), marked, outcome, text, times);
  }

  @Override
  String subject() {
    DictContext context = transaction.context();
    String keys =
        transaction.operations().stream()
            .limit(SHOWN_KEYS)
            .map(operation -> LogText.shorten(operation.key()))
            .collect(Collectors.joining(", "));
    return context.hasUser() ? keys + " (user " + LogText.shorten(context.username()) + ")" : keys;
  }
}
