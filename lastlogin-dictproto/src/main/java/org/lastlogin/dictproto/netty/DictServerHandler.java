package org.lastlogin.dictproto.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictCommandDecoder;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictProtocolException;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictReplyEncoder;
import org.lastlogin.dictproto.DictReplySink;
import org.lastlogin.dictproto.DictSession;
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

  private final String peer;
  private final Map<String, Dict> dicts;
  private final DictLimits limits;
  private final DictCommandDecoder decoder;

  private @Nullable ChannelHandlerContext context;
  private @Nullable DictSession session;
  private @Nullable DictReplyEncoder encoder;
  private @Nullable CompletableFuture<Void> writable;
  private boolean receiving;
  private boolean draining;

  DictServerHandler(String peer, Map<String, Dict> dicts, DictLimits limits) {
    this.peer = peer;
    this.dicts = dicts;
    this.limits = limits;
    this.decoder = DictCommandDecoder.create(limits);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    session = DictSession.create(peer, dicts, limits, this, ctx.executor());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    log.debug("{}: connected", peer);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
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
    DictSession receiver = Objects.requireNonNull(session);
    if (receiving || !ctx.channel().isActive()) {
      return;
    }
    receiving = true;
    try {
      DictCommand command = null;
      while (mayReceive(ctx, receiver) && (command = decoder.next()) != null) {
        receiver.receive(command);
      }
      flush();
      ctx.channel().config().setAutoRead(!draining && mayReceive(ctx, receiver));
    } catch (DictProtocolException e) {
      refuse(ctx, e);
    } catch (RuntimeException e) {
      exceptionCaught(ctx, e);
    } finally {
      receiving = false;
    }
    closeIfDrained();
  }

  private static boolean mayReceive(ChannelHandlerContext ctx, DictSession receiver) {
    return receiver.canReceive() && ctx.channel().isWritable();
  }

  private void refuse(ChannelHandlerContext ctx, DictProtocolException why) {
    String done = Objects.requireNonNull(session).version() == null ? "refused" : "closed";
    log.warn("{}: connection {}: {}", peer, done, why.getMessage());
    flush();
    close(ctx);
  }

  private void close(ChannelHandlerContext ctx) {
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
    if (!receiving) {
      flush();
      if (!(reply instanceof DictReply.Row)) {
        Objects.requireNonNull(context).executor().execute(this::receiveAll);
      }
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
      ctx.executor().execute(this::receiveAll);
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
      drain();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    DictSession ended = Objects.requireNonNull(session);
    log.debug("{}: disconnected with {} commands pending", peer, ended.pending());
    ended.end();
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

  /** Answers what has taken too long. */
  void expire(long nowNanos) {
    try {
      Objects.requireNonNull(session).expire(nowNanos);
    } catch (RuntimeException e) {
      // It must not end the sweep, which serves the other connections as well.
      exceptionCaught(Objects.requireNonNull(context), e);
    }
  }

  /** Takes no more commands, and closes the connection once all that is pending is answered. */
  void drain() {
    draining = true;
    Objects.requireNonNull(context).channel().config().setAutoRead(false);
    closeIfDrained();
  }

  /** Answers what is pending as given up, and closes the connection. */
  void giveUp() {
    Objects.requireNonNull(session).giveUpAll("The dict server is stopping");
    drain();
  }

  private void closeIfDrained() {
    if (draining && Objects.requireNonNull(session).pending() == 0) {
      flush();
      Objects.requireNonNull(context)
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(ChannelFutureListener.CLOSE);
    }
  }
}
