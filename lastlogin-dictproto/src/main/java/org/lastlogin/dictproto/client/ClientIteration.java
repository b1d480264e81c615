package org.lastlogin.dictproto.client;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictScope;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dictproto.Capability;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictVersion;

/**
 * An iteration, which has its own connection. While the consumer is not ready for the next row, the
 * client does not read from the connection: beyond one read, rows stay in the kernel's buffers, and
 * further ones at the server.
 */
final class ClientIteration extends ClientCall<Void> {
  private final DictIteration iteration;
  private final RowConsumer consumer;

  /** The replies that arrived in one read after a row that the consumer is busy with. */
  private final Queue<DictReply> unread = new ArrayDeque<>();

  private @Nullable ClientConnection connection;
  private boolean consumerIsBusy;
  private long rows;

  /** The limit of rows if the version cannot send it to the server; 0 for none. */
  private long ownLimit;

  ClientIteration(DictIteration iteration, RowConsumer consumer) {
    super(iteration.context());
    this.iteration = iteration;
    this.consumer = consumer;
  }

  @Override
  boolean needsUser() {
    return DictScope.of(iteration.path()) == DictScope.PRIVATE;
  }

  @Override
  boolean needsOwnConnection() {
    return true;
  }

  @Override
  void commands(DictVersion version, long transaction, Consumer<DictCommand> out) {
    ownLimit = version.has(Capability.ROW_LIMIT) ? 0 : iteration.maxRows();
    out.accept(
        new DictCommand.Iterate(
            iteration.flags(),
            iteration.maxRows() - ownLimit,
            List.of(iteration.path()),
            commandUser(version)));
  }

  @Override
  void sent(ClientConnection through) {
    super.sent(through);
    connection = through;
  }

  @Override
  void reply(DictReply reply) {
    progress();
    if (consumerIsBusy) {
      unread.add(reply);
    } else {
      take(reply);
    }
  }

  private void take(DictReply reply) {
    if (reply instanceof DictReply.Row row) {
      hand(new DictRow(row.key(), row.values()));
    } else if (reply instanceof DictReply.Failed failed) {
      fail(failure(failed.error()));
    } else {
      succeed(null);
    }
  }

  private void hand(DictRow row) {
    rows++;
    CompletionStage<Void> ready;
    try {
      ready = consumer.accept(row);
    } catch (RuntimeException e) {
      giveUp(e);
      return;
    }
    CompletableFuture<Void> state = ready.toCompletableFuture();
    if (!state.isDone() || state.isCompletedExceptionally()) {
      consumerIsBusy = true;
      through().setReading(false);
      var unused = ready.whenComplete((nothing, failure) -> through().run(() -> goOn(failure)));
    } else if (rows == ownLimit) {
      end();
    }
  }

  private void goOn(@Nullable Throwable failure) {
    if (isDone()) {
      return;
    }
    if (failure != null) {
      giveUp(failure);
      return;
    }
    progress();
    consumerIsBusy = false;
    if (rows == ownLimit) {
      end();
    }
    while (!consumerIsBusy && !isDone() && !unread.isEmpty()) {
      take(unread.remove());
    }
    through().setReading(!consumerIsBusy);
  }

  private void end() {
    succeed(null);
    through().close();
  }

  private void giveUp(Throwable why) {
    fail(why);
    through().close();
  }

  private ClientConnection through() {
    return Objects.requireNonNull(connection);
  }

  /** A slow consumer counts as progress, since the server is not at fault. */
  @Override
  boolean hasProgressed() {
    return super.hasProgressed() || consumerIsBusy;
  }

  @Override
  boolean isRepeatable() {
    return rows == 0;
  }

  @Override
  DictException unanswered(String why) {
    return new DictException(why + (rows == 0 ? "" : "; " + rows + " rows had come"));
  }
}
