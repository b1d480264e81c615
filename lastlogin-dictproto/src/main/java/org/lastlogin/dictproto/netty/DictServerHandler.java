package org.lastlogin.dictproto.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictCommandDecoder;
import org.lastlogin.dictproto.DictProtocolException;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictReplyEncoder;
import org.lastlogin.dictproto.DictReplySink;
import org.lastlogin.dictproto.DictServerObserver.Refusal;
import org.lastlogin.dictproto.DictSession;
import org.lastlogin.dictproto.DictSessionSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins one connection to its {@link DictSession}. All of it happens on the channel's event loop.
 *
 * <p>Commands are taken only while the session can receive more and the client reads its answers;
 * otherwise reading pauses, and what was read waits in the decoder.
 */
final class DictServerHandler extends ChannelInboundHandlerAdapter implements DictReplySink {
  private static final Logger log = LoggerFactory.getLogger(DictServerHandler.class);

  /** Answers are collected up to this, as far as that does not delay them. */
  private static final int FLUSH_BYTES = 16 * 1024;

  private final String peer;
  private final DictSessionSettings settings;
  private final Refusals refusals;
  private final Patience patience;
  private final DictCommandDecoder decoder;

  private @Nullable ChannelHandlerContext context;
  private @Nullable DictSession session;
  private @Nullable DictReplyEncoder encoder;
  private @Nullable CompletableFuture<Void> writable;
  private boolean withinLine;
  private boolean receiving;
  private boolean receivingSoon;
  private boolean inputEnded;
  private boolean stopping;
  private boolean closing;

  DictServerHandler(
      String peer, DictSessionSettings settings, Patience.Limits patience, Refusals refusals) {
    this.peer = peer;
    this.settings = settings;
    this.refusals = refusals;
    this.patience = new Patience(patience, System.nanoTime());
    this.decoder = DictCommandDecoder.create(settings.limits());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    session = DictSession.create(peer, settings, this, ctx.executor());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    log.debug("{}: connected", peer);
    settings.observer().connectionOpened();
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      withinLine = bytes.getByte(bytes.writerIndex() - 1) != '\n';
      decoder.feed(bytes.nioBuffer());
    } finally {
      bytes.release();
    }
    receiveAll();
  }

  /**
   * Hands the session as many of the commands that were read as it can take, then sends the answers
   * at once.
   */
  private void receiveAll() {
    ChannelHandlerContext ctx = Objects.requireNonNull(context);
    if (receiving || closing || !ctx.channel().isActive()) {
      return;
    }
    receiving = true;
    try {
      boolean all = receiveWhilePossible(Objects.requireNonNull(session));
      flush();
      ctx.channel().config().setAutoRead(all && !inputEnded);
      if (stopping || (all && inputEnded)) {
        closeOnceAnswered();
      }
    } catch (DictProtocolException e) {
      refuse(ctx, e);
    } catch (RuntimeException e) {
      exceptionCaught(ctx, e);
    } finally {
      receiving = false;
    }
  }

  /** Whether there is no further command in what was read, and another one may come. */
  private boolean receiveWhilePossible(DictSession receiver) {
    int received = 0;
    DictCommand command = null;
    while (mayReceive(receiver) && (command = decoder.next()) != null) {
      receiver.receive(command);
      received++;
    }
    long now = System.nanoTime();
    if (received > 0) {
      patience.received(now);
    }
    if (!mayReceive(receiver)) {
      patience.paused();
      return false;
    }
    if (withinLine && patience.hasGreeted()) {
      patience.begun(now);
    }
    return true;
  }

  private boolean mayReceive(DictSession receiver) {
    return !stopping
        && receiver.canReceive()
        && Objects.requireNonNull(context).channel().isWritable();
  }

  private void refuse(ChannelHandlerContext ctx, DictProtocolException why) {
    String text = String.valueOf(why.getMessage());
    if (Objects.requireNonNull(session).version() == null) {
      refusals.refused(peer, Refusal.HELLO, text);
    } else {
      refusals.broken(peer, text);
    }
    flush();
    close(ctx);
  }

  private void close(ChannelHandlerContext ctx) {
    closing = true;
    var unused = ctx.close();
  }

  @Override
  public void send(DictReply reply) {
    if (encoder == null) {
      DictSession sender = Objects.requireNonNull(session);
      encoder =
          DictReplyEncoder.create(Objects.requireNonNull(sender.version(), "A reply before HELLO"));
    }
    encoder.encode(reply);
    if (encoder.pendingBytes() >= FLUSH_BYTES) {
      flush();
    }
    if (!receiving) {
      receiveSoon();
    }
  }

  /** Sends what several tasks in a row have answered, and takes further commands, all at once. */
  private void receiveSoon() {
    if (!receivingSoon) {
      receivingSoon = true;
      Objects.requireNonNull(context)
          .executor()
          .execute(
              () -> {
                receivingSoon = false;
                receiveAll();
              });
    }
  }

  private void flush() {
    ChannelHandlerContext ctx = Objects.requireNonNull(context);
    if (encoder != null && encoder.pendingBytes() > 0) {
      ByteBuffer bytes = encoder.drain();
      // A write that fails means that the client has left, which channelInactive tells.
      var unused = ctx.writeAndFlush(ctx.alloc().buffer(bytes.remaining()).writeBytes(bytes));
    }
  }

  @Override
  public CompletionStage<Void> whenWritable() {
    if (Objects.requireNonNull(context).channel().isWritable()) {
      return RowConsumer.READY;
    }
    if (writable == null) {
      writable = new CompletableFuture<>();
    }
    return writable;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      resumeRows();
      receiveSoon();
    }
    ctx.fireChannelWritabilityChanged();
  }

  private void resumeRows() {
    if (writable != null) {
      CompletableFuture<Void> waiting = writable;
      writable = null;
      waiting.complete(null);
    }
  }

  /** A client that will send nothing more may still wait for its answers. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      receiveSoon();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    DictSession ended = Objects.requireNonNull(session);
    log.debug("{}: disconnected with {} commands pending", peer, ended.pending());
    ended.end();
    settings.observer().connectionClosed();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      log.debug("{}: connection lost: {}", peer, cause.getMessage());
    } else {
      log.error("{}: connection closed because of a defect", peer, cause);
    }
    close(ctx);
  }

  /** Answers what has taken too long, and closes the connection if the client has. */
  void sweep(long nowNanos) {
    try {
      DictSession swept = Objects.requireNonNull(session);
      swept.expire(nowNanos);
      String exceeded = patience.exceeded(swept.pending() > 0, nowNanos);
      if (exceeded != null && !closing) {
        giveUpOnClient(exceeded);
      }
    } catch (RuntimeException e) {
      // It must not end the sweep, which serves the other connections as well.
      exceptionCaught(Objects.requireNonNull(context), e);
    }
  }

  private void giveUpOnClient(String why) {
    if (patience.hasGreeted()) {
      refusals.tooSlow(peer, why);
    } else {
      refusals.refused(peer, Refusal.HELLO_TIMEOUT, why);
    }
    close(Objects.requireNonNull(context));
  }

  /** Takes no more commands, and closes the connection once all that is pending is answered. */
  void stop() {
    stopping = true;
    receiveAll();
  }

  /** Answers what is pending as given up, and closes the connection. */
  void giveUp() {
    Objects.requireNonNull(session).giveUpAll("The dict server is stopping");
    stop();
  }

  private void closeOnceAnswered() {
    if (Objects.requireNonNull(session).pending() == 0) {
      Objects.requireNonNull(context)
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(ChannelFutureListener.CLOSE);
    }
  }
}
