package org.lastlogin.dictproto.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
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
 * Connects one channel with its {@link DictSession}. It is the last handler of the channel's
 * pipeline, after the {@link DictServerCodec}, whose conversation the session shares. All of it
 * runs on the channel's event loop.
 *
 * <p>A connection ends in {@linkplain Phase phases}. Answers are flushed once for all the commands
 * that came together, and once for all that several tasks in a row have answered.
 */
final class DictServerHandler extends ChannelInboundHandlerAdapter implements DictReplySink {
  private static final Logger log = LoggerFactory.getLogger(DictServerHandler.class);

  private final Channel channel;
  private final String peer;
  private final DictSessionSettings settings;
  private final ConnectionReport report;
  private final ClientTimeouts timeouts;
  private final DictServerCodec codec;
  private final DictSession session;

  private Phase phase = Phase.OPEN;

  /** Whether commands are being received, after which all their answers are flushed. */
  private boolean receiving;

  /** Whether a task is to flush answers that were given outside of that. */
  private boolean flushScheduled;

  /** Completes when the client reads again, for those who wait for that. */
  private @Nullable CompletableFuture<Void> writable;

  /** The phases of a connection, each of which can only be followed by a later one. */
  private enum Phase {
    /** The session receives commands. */
    OPEN,
    /** The client sends nothing more. The session receives what the codec still holds. */
    INPUT_ENDED,
    /** The server is stopping. The session receives no commands, and answers pending ones. */
    STOPPING,
    /** The channel is being closed. */
    CLOSING
  }

  DictServerHandler(
      Channel channel,
      String peer,
      DictSessionSettings settings,
      DictLimits limits,
      ClientTimeouts.Limits timeouts,
      ConnectionReport report) {
    this.channel = channel;
    this.peer = peer;
    this.settings = settings;
    this.report = report;
    this.timeouts = new ClientTimeouts(timeouts, System.nanoTime());
    this.codec = new DictServerCodec(limits, this::isReady);
    this.session =
        DictSession.create(peer, settings, codec.conversation(), this, channel.eventLoop());
  }

  /** Adds the codec and this handler to the channel's pipeline. */
  void addToPipeline() {
    channel.pipeline().addLast(codec, this);
  }

  private boolean isReady() {
    return phase.compareTo(Phase.STOPPING) < 0 && session.canReceive();
  }

  private void enter(Phase next) {
    if (next.compareTo(phase) > 0) {
      phase = next;
    }
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
    session.receive((DictCommand) command);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    long now = System.nanoTime();
    if (receiving) {
      timeouts.received(now);
    }
    receiving = false;
    if (codec.isPaused()) {
      timeouts.paused();
    } else if (codec.holdsBytes() && timeouts.hasGreeted()) {
      timeouts.begun(now);
    }
    channel.flush();
    closeIfDone();
  }

  /** Closes the channel if no more commands come and all are answered. */
  private void closeIfDone() {
    boolean noMoreCommands =
        switch (phase) {
          case OPEN, CLOSING -> false;
          case INPUT_ENDED -> !codec.isPaused();
          case STOPPING -> true;
        };
    if (noMoreCommands && session.pending() == 0) {
      enter(Phase.CLOSING);
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void close() {
    enter(Phase.CLOSING);
    var unused = channel.close();
  }

  @Override
  public void send(DictReply reply) {
    // Any other failed write means that the client has left, which channelInactive handles.
    if (channel.write(reply).cause() instanceof IllegalArgumentException unencodable) {
      throw unencodable;
    }
    if (!receiving) {
      scheduleFlush();
    }
  }

  private void scheduleFlush() {
    if (!flushScheduled) {
      flushScheduled = true;
      channel
          .eventLoop()
          .execute(
              () -> {
                flushScheduled = false;
                channel.flush();
                closeIfDone();
              });
    }
  }

  @Override
  public CompletionStage<Void> whenWritable() {
    if (channel.isWritable()) {
      return RowConsumer.READY;
    }
    if (writable == null) {
      writable = new CompletableFuture<>();
    }
    return writable;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable() && writable != null) {
      CompletableFuture<Void> waiting = writable;
      writable = null;
      waiting.complete(null);
    }
    ctx.fireChannelWritabilityChanged();
  }

  /** A client that has shut its sending side down may still wait for its answers. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      enter(Phase.INPUT_ENDED);
      scheduleFlush();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    log.debug("{}: disconnected with {} commands pending", peer, session.pending());
    session.end();
    settings.observer().connectionClosed();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(cause);
  }

  private void fail(Throwable cause) {
    if (phase == Phase.CLOSING) {
      log.debug("{}: {} while it was being closed", peer, cause.toString());
    } else if (cause instanceof DictProtocolException broken) {
      refuse(broken);
    } else {
      if (cause instanceof IOException) {
        log.debug("{}: connection lost: {}", peer, cause.getMessage());
      } else {
        log.error("{}: connection closed because of a defect", peer, cause);
      }
      close();
    }
  }

  private void refuse(DictProtocolException why) {
    String text = String.valueOf(why.getMessage());
    if (session.version() == null) {
      report.refused(peer, Refusal.HELLO, text);
    } else {
      report.broken(peer, text);
    }
    channel.flush();
    close();
  }

  /** Answers commands that have taken too long, and closes the channel if the client has. */
  void sweep(long nowNanos) {
    try {
      session.expire(nowNanos);
      String exceeded = timeouts.exceeded(session.pending() > 0, nowNanos);
      if (exceeded != null && phase != Phase.CLOSING) {
        timeOut(exceeded);
      }
    } catch (RuntimeException e) {
      // It must not end the sweep, which serves the other connections as well.
      fail(e);
    }
  }

  private void timeOut(String why) {
    if (timeouts.hasGreeted()) {
      report.timedOut(peer, why);
    } else {
      report.refused(peer, Refusal.HELLO_TIMEOUT, why);
    }
    close();
  }

  /** Receives no more commands, and closes the channel once all pending ones are answered. */
  void stop() {
    enter(Phase.STOPPING);
    scheduleFlush();
  }

  /** Answers pending commands as given up, and closes the channel. */
  void giveUp() {
    session.giveUpAll("The dict server is stopping");
    stop();
  }
}
