package org.lastlogin.dictproto.session;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.ReplyTimes;
import org.lastlogin.dictproto.input.LogText;

/**
 * A pending iteration. Its time starts again with each row. To be used on the session's thread
 * alone.
 */
final class IterateCall extends PendingCall<Void> {
  private final Dict dict;
  private final DictCommand.Iterate command;
  private final DictContext context;
  private final RowFlow flow;

  /**
   * An iteration.
   *
   * @param flows creates the flow of its rows
   */
  IterateCall(
      Receipt receipt,
      Dict dict,
      DictCommand.Iterate command,
      DictContext context,
      Function<IterateCall, RowFlow> flows) {
    super(receipt);
    this.dict = dict;
    this.command = command;
    this.context = context;
    this.flow = flows.apply(this);
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
    long left = limited ? command.maxRows() - flow.accepted() : 0;
    if (limited && left <= 0) {
      return RowConsumer.READY;
    }
    return dict.iterate(new DictIteration(path, command.flags(), left, context), flow);
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

  @Override
  void release() {
    flow.end(new DictException("The iteration has ended"));
  }

  @Override
  String overdue(Duration answerTime) {
    return flow.isHeldUp()
        ? "The rows were not read within " + answerTime.toMillis() + " ms"
        : super.overdue(answerTime);
  }

  @Override
  DictReply failed(boolean uncertain, String text, ReplyTimes times) {
    flow.sendNow();
    return super.failed(uncertain, text, times);
  }

  @Override
  DictReply succeeded(@Nullable Void nothing, ReplyTimes times) {
    flow.sendNow();
    Throwable failure = flow.failure();
    if (failure != null) {
      throw new DictException(String.valueOf(failure.getMessage()), failure);
    }
    return new DictReply.EndOfRows(receipt.asyncId(), times);
  }

  @Override
  String subject() {
    return LogText.shorten(command.paths().get(0));
  }
}
