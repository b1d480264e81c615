package org.lastlogin.dictproto.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets at which one server listens: binds them, passes new connections on, and removes the
 * files of Unix sockets. Not safe for use by several threads while sockets are added.
 */
final class ServerSockets {
  private static final Logger log = LoggerFactory.getLogger(DictServer.class);

  /** Dovecot opens a connection per login; a burst of them must not be turned away. */
  private static final int BACKLOG = 1024;

  private final EventLoopGroup loop;
  private final Connections connections;
  private final List<Channel> channels = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private final List<UnixSocketFile> files = new ArrayList<>();

  /**
   * No sockets yet.
   *
   * @param loop accepts the connections
   * @param connections sets them up
   */
  ServerSockets(EventLoopGroup loop, Connections connections) {
    this.loop = loop;
    this.connections = connections;
  }

  /**
   * Adds a socket. When this returns, clients can connect to it.
   *
   * @throws IOException if the server cannot listen at the address; the message names it and the
   *     reason
   */
  void listen(DictListener listener) throws IOException {
    if (listener instanceof UnixListener unix) {
      UnixSocketFile file = UnixSocketFile.prepare(unix);
      files.add(file);
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
            .childHandler(new Initializer(connections, listener));
    if (listener instanceof TcpListener) {
      // Netty's Unix sockets do not have this option; UnixHalfClosure does it for them.
      bootstrap.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "Cannot listen at " + listener + ": " + bound.cause().getMessage(), bound.cause());
    }
    channels.add(bound.channel());
    addresses.add(describe(listener, bound.channel()));
  }

  private static String describe(DictListener listener, Channel channel) {
    return channel.localAddress() instanceof InetSocketAddress tcp
        ? "tcp:" + tcp.getHostString() + ":" + tcp.getPort()
        : listener.toString();
  }

  /** Returns the TCP addresses, with the ports that the system chose, in the order of addition. */
  List<InetSocketAddress> tcpAddresses() {
    return channels.stream()
        .map(Channel::localAddress)
        .filter(InetSocketAddress.class::isInstance)
        .map(InetSocketAddress.class::cast)
        .toList();
  }

  /** Removes the files of Unix sockets, then closes all sockets. */
  void close() {
    files.forEach(ServerSockets::remove);
    channels.forEach(channel -> channel.close().awaitUninterruptibly());
  }

  private static void remove(UnixSocketFile file) {
    try {
      file.remove();
    } catch (IOException e) {
      log.warn("cannot remove the socket: {}", e.getMessage());
    }
  }

  /** Returns all addresses, for the log. */
  @Override
  public String toString() {
    return addresses.toString();
  }

  /** Sets a new connection up. */
  private static final class Initializer extends ChannelInitializer<Channel> {
    private final Connections connections;
    private final DictListener listener;

    Initializer(Connections connections, DictListener listener) {
      this.connections = connections;
      this.listener = listener;
    }

    @Override
    protected void initChannel(Channel channel) {
      connections.add(channel, listener);
    }
  }
}
