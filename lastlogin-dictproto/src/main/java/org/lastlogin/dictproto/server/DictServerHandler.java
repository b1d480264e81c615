package org.lastlogin.dictproto.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictProtocolException;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.netty.DictServerCodec;
import org.lastlogin.dictproto.session.DictReplySink;
import org.lastlogin.dictproto.session.DictServerObserver.Refusal;
import org.lastlogin.dictproto.session.DictSession;
import org.lastlogin.dictproto.session.DictSessionSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins one connection to its {@link DictSession}. All of it happens on the channel's event loop,
 * behind the connection's {@link DictServerCodec}.
 *
 * <p>Answers are flushed once for all the commands that came together, and once for all that
 * several tasks in a row have answered.
 */
final class DictServerHandler extends ChannelInboundHandlerAdapter implements DictReplySink {
  private static final Logger log = LoggerFactory.getLogger(DictServerHandler.class);

  private final String peer;
  private final DictSessionSettings settings;
  private final Refusals refusals;
  private final Patience patience;
  private final DictServerCodec codec;

  private @Nullable ChannelHandlerContext context;
  private @Nullable DictSession session;
  private @Nullable CompletableFuture<Void> writable;
  private boolean receiving;
  private boolean flushingSoon;
  private boolean inputEnded;
  private boolean stopping;
  private boolean closing;

  DictServerHandler(
      String peer,
      DictSessionSettings settings,
      DictLimits limits,
      Patience.Limits patience,
      Refusals refusals) {
    this.peer = peer;
    this.settings = settings;
    this.refusals = refusals;
    this.patience = new Patience(patience, System.nanoTime());
    this.codec = new DictServerCodec(limits, this::isReady);
  }

  /** What has to stand before it in the pipeline. */
  DictServerCodec codec() {
    return codec;
  }

  private boolean isReady() {
    return !stopping && !closing && Objects.requireNonNull(session).canReceive();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    session = DictSession.create(peer, settings, codec.conversation(), this, ctx.executor());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    log.debug("{}: connected", peer);
    settings.observer().connectionOpened();
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object command) {
    receiving = true;
    Objects.requireNonNull(session).receive((DictCommand) command);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    long now = System.nanoTime();
    if (receiving) {
      patience.received(now);
    }
    receiving = false;
    if (codec.isPaused()) {
      patience.paused();
    } else if (codec.holdsBytes() && patience.hasGreeted()) {
      patience.begun(now);
    }
    ctx.flush();
    closeIfDone();
  }

  private void closeIfDone() {
    boolean nothingMoreComes = stopping || (inputEnded && !codec.isPaused());
    if (nothingMoreComes && !closing && Objects.requireNonNull(session).pending() == 0) {
      closing = true;
      Objects.requireNonNull(context)
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void refuse(ChannelHandlerContext ctx, DictProtocolException why) {
    String text = String.valueOf(why.getMessage());
    if (Objects.requireNonNull(session).version() == null) {
      refusals.refused(peer, Refusal.HELLO, text);
    } else {
      refusals.broken(peer, text);
    }
    ctx.flush();
    close(ctx);
  }

  private void close(ChannelHandlerContext ctx) {
    closing = true;
    var unused = ctx.close();
  }

  @Override
  public void send(DictReply reply) {
    // A write that fails later means that the client has left, which channelInactive tells.
    if (Objects.requireNonNull(context).write(reply).cause()
        instanceof IllegalArgumentException impossible) {
      throw impossible;
    }
    if (!receiving) {
      flushSoon();
    }
  }

  private void flushSoon() {
    if (!flushingSoon) {
      flushingSoon = true;
      ChannelHandlerContext ctx = Objects.requireNonNull(context);
      ctx.executor()
          .execute(
              () -> {
                flushingSoon = false;
                ctx.flush();
                closeIfDone();
              });
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
      flushSoon();
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
    if (closing) {
      log.debug("{}: {} while it was being closed", peer, cause.toString());
      return;
    }
    if (cause instanceof DictProtocolException broken) {
      refuse(ctx, broken);
      return;
    }
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
    flushSoon();
  }

  /** Answers what is pending as given up, and closes the connection. */
  void giveUp() {
    Objects.requireNonNull(session).giveUpAll("The dict server is stopping");
    stop();
  }
}
