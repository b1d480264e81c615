package org.lastlogin.dictproto.server;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.session.DictServerObserver.Refusal;
import org.lastlogin.dictproto.session.DictSessionSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections of one server, all on one event loop: sets new ones up, checks their
 * timeouts, and closes them when the server stops. It checks timeouts once a second: with a timer
 * for each command, each login would pay for one that it hardly ever needs. Safe for use by any
 * number of threads.
 */
final class Connections {
  private static final Logger log = LoggerFactory.getLogger(DictServer.class);

  /** Logins are far smaller than this, and a client that sends more is read more often. */
  private static final int READ_BYTES = 16 * 1024;

  /** How many bytes may wait for a client to read them before it is sent nothing more. */
  private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

  /** The time for clients to read that their commands were given up. */
  private static final Duration LAST_ANSWERS = Duration.ofMillis(500);

  private final EventLoop loop;
  private final DictSessionSettings sessions;
  private final DictLimits limits;
  private final ClientTimeouts.Limits timeouts;
  private final int maxConnections;
  private final Executor tlsTasks;
  private final ConnectionReport report;
  private final ChannelGroup channels;
  private long accepted;

  Connections(EventLoop loop, DictServer.Builder builder, Executor tlsTasks) {
    this.loop = loop;
    this.sessions = builder.sessions();
    this.limits = builder.limits;
    this.timeouts = new ClientTimeouts.Limits(builder.lineTimeout, builder.idleTimeout);
    this.maxConnections = builder.maxConnections;
    this.tlsTasks = tlsTasks;
    this.report = new ConnectionReport(sessions.observer());
    this.channels = new DefaultChannelGroup(loop);
  }

  int size() {
    return channels.size();
  }

  /** Sets a new connection up, on the event loop. */
  void add(Channel channel, DictListener listener) {
    String peer = listener + " #" + ++accepted;
    if (channels.size() >= maxConnections) {
      String why = "there are " + maxConnections + " connections already";
      report.refused(peer, Refusal.LIMIT, why);
      var unused = channel.close();
      return;
    }
    AdaptiveRecvByteBufAllocator buffers = new AdaptiveRecvByteBufAllocator(256, 2048, READ_BYTES);
    channel.config().setWriteBufferWaterMark(UNREAD);
    channel
        .config()
        .setRecvByteBufAllocator(
            listener instanceof UnixListener ? new UnixHalfClosure(channel, buffers) : buffers);
    if (listener instanceof TcpListener tcp && tcp.tls().isPresent()) {
      TlsGate.addTo(channel.pipeline(), tcp.tls().get(), tlsTasks, peer, report);
    }
    new DictServerHandler(channel, peer, sessions, limits, timeouts, report).addToPipeline();
    channels.add(channel);
  }

  /** Starts to answer overdue commands, and to close connections that exceed a timeout. */
  void sweepEverySecond() {
    var unused =
        loop.scheduleWithFixedDelay(
            () -> {
              long now = System.nanoTime();
              channels.forEach(channel -> handler(channel).sweep(now));
            },
            1,
            1,
            TimeUnit.SECONDS);
  }

  /**
   * Closes all connections once their pending commands are answered, at the latest after the grace
   * period. Blocks until then.
   */
  void drain(Duration gracePeriod) {
    var drained = channels.newCloseFuture();
    forEach(DictServerHandler::stop);
    if (!drained.awaitUninterruptibly(gracePeriod.toMillis())) {
      log.warn("{} connections are closed with commands that the dict has not answered", size());
      forEach(DictServerHandler::giveUp);
      if (!drained.awaitUninterruptibly(LAST_ANSWERS.toMillis())) {
        channels.close().awaitUninterruptibly();
      }
    }
  }

  private void forEach(Consumer<DictServerHandler> action) {
    loop.execute(() -> channels.forEach(channel -> action.accept(handler(channel))));
  }

  private static DictServerHandler handler(Channel channel) {
    return channel.pipeline().get(DictServerHandler.class);
  }
}
