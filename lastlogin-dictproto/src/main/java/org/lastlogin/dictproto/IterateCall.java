package org.lastlogin.dictproto;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.RowConsumer;

/** An iteration that waits for its last row. To be used on the session's thread alone. */
final class IterateCall extends PendingCall<Void> {
  private final Dict dict;
  private final DictCommand.Iterate command;
  private final DictContext context;
  private final BiFunction<IterateCall, DictRow, CompletionStage<Void>> sender;
  private @Nullable CompletableFuture<Void> waiting;
  private long rows;

  /**
   * An iteration.
   *
   * @param sender sends a row, and says when the next one may come
   */
  IterateCall(
      Receipt receipt,
      Dict dict,
      DictCommand.Iterate command,
      DictContext context,
      BiFunction<IterateCall, DictRow, CompletionStage<Void>> sender) {
    super(receipt);
    this.dict = dict;
    this.command = command;
    this.context = context;
    this.sender = sender;
  }

  @Override
  CompletionStage<Void> carryOut() {
    CompletionStage<Void> previous = RowConsumer.READY;
    for (String path : command.paths()) {
      previous = previous.thenCompose(done -> iterate(path));
    }
    return previous;
  }

  private CompletionStage<Void> iterate(String path) {
    boolean limited = command.maxRows() != 0;
    long left = limited ? command.maxRows() - rows : 0;
    if (limited && left == 0) {
      return RowConsumer.READY;
    }
    return dict.iterate(
        new DictIteration(path, command.flags(), left, context), row -> sender.apply(this, row));
  }

  /** Notes that a row is sent. */
  void rowSent(long nowNanos) {
    rows++;
    progress(nowNanos);
  }

  @Override
  DictServerObserver.Command kind() {
    return DictServerObserver.Command.ITERATE;
  }

  @Override
  long bytes() {
    long paths = command.paths().stream().mapToLong(String::length).sum();
    return paths + context.username().length();
  }

  /** A stage like the given one, which ends earlier if the iteration is given up. */
  CompletionStage<Void> unlessGivenUp(CompletionStage<Void> ready) {
    if (ready.toCompletableFuture().isDone()) {
      return ready;
    }
    CompletableFuture<Void> either = new CompletableFuture<>();
    waiting = either;
    var unused = ready.thenRun(() -> either.complete(null));
    return either;
  }

  @Override
  void givenUp() {
    if (waiting != null) {
      waiting.completeExceptionally(new DictException("The iteration was given up"));
    }
  }

  @Override
  DictReply succeeded(@Nullable Void nothing, Timing timing) {
    return new DictReply.EndOfRows(receipt.asyncId(), timing);
  }

  @Override
  String subject() {
    return LogText.shorten(command.paths().get(0));
  }
}
