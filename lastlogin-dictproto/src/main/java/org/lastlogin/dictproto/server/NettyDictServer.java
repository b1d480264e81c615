package org.lastlogin.dictproto.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server: one event loop for all connections. The protocol's work per command is so small that
 * a second loop would wait for the database as the first does.
 */
final class NettyDictServer implements DictServer {
  private static final Logger log = LoggerFactory.getLogger(NettyDictServer.class);

  /** Dovecot opens a connection per login; a burst of them must not be turned away. */
  private static final int BACKLOG = 1024;

  private final Duration gracePeriod;
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("lastlogin-dict-server"), NioIoHandler.newFactory());
  private final ExecutorService tlsTasks =
      Executors.newSingleThreadExecutor(new DefaultThreadFactory("lastlogin-dict-tls"));
  private final Connections connections;
  private final List<Channel> listening = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private final List<UnixSocketFile> socketFiles = new ArrayList<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch terminated = new CountDownLatch(1);

  private NettyDictServer(Builder builder) {
    this.gracePeriod = builder.gracePeriod;
    this.connections = new Connections(loop.next(), builder, tlsTasks);
  }

  static DictServer start(Builder builder) throws IOException {
    NettyDictServer server = new NettyDictServer(builder);
    try {
      for (DictListener listener : builder.listeners) {
        server.listen(listener);
      }
      log.info("listening at {}", server.addresses);
      server.connections.sweepEverySecond();
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void listen(DictListener listener) throws IOException {
    if (listener instanceof UnixListener unix) {
      UnixSocketFile file = UnixSocketFile.prepare(unix);
      socketFiles.add(file);
      bind(listener, NioServerDomainSocketChannel.class, file.address());
      file.publish();
    } else if (listener instanceof TcpListener tcp) {
      bind(listener, NioServerSocketChannel.class, tcp.address());
    }
  }

  private void bind(
      DictListener listener, Class<? extends ServerChannel> type, SocketAddress address)
      throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childHandler(new Initializer(listener));
    if (listener instanceof TcpListener) {
      // Netty's Unix sockets do not have this; UnixHalfClosure does it for them.
      bootstrap.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "Cannot listen at " + listener + ": " + bound.cause().getMessage(), bound.cause());
    }
    listening.add(bound.channel());
    addresses.add(describe(listener, bound.channel()));
  }

  private static String describe(DictListener listener, Channel channel) {
    return channel.localAddress() instanceof InetSocketAddress tcp
        ? "tcp:" + tcp.getHostString() + ":" + tcp.getPort()
        : listener.toString();
  }

  @Override
  public List<InetSocketAddress> tcpAddresses() {
    return listening.stream()
        .map(Channel::localAddress)
        .filter(InetSocketAddress.class::isInstance)
        .map(InetSocketAddress.class::cast)
        .toList();
  }

  /** Where it listens. */
  @Override
  public String toString() {
    return "DictServer" + addresses;
  }

  @Override
  public int connections() {
    return connections.size();
  }

  @Override
  public void awaitTermination() throws InterruptedException {
    terminated.await();
  }

  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    socketFiles.forEach(NettyDictServer::remove);
    listening.forEach(channel -> channel.close().awaitUninterruptibly());
    connections.drain(gracePeriod);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    tlsTasks.shutdown();
    terminated.countDown();
  }

  private static void remove(UnixSocketFile file) {
    try {
      file.remove();
    } catch (IOException e) {
      log.warn("cannot remove the socket: {}", e.getMessage());
    }
  }

  /** Sets a new connection up. */
  private final class Initializer extends ChannelInitializer<Channel> {
    private final DictListener listener;

    Initializer(DictListener listener) {
      this.listener = listener;
    }

    @Override
    protected void initChannel(Channel channel) {
      connections.add(channel, listener);
    }
  }
}
