package org.lastlogin.dictproto.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import org.lastlogin.dictproto.DictLimits;

/** Opens a client's connections. Safe for use by any number of threads. */
final class Connector {
  private final SocketAddress address;
  private final DictLimits limits;
  private final Bootstrap bootstrap;

  Connector(EventLoopGroup loop, SocketAddress address, DictLimits limits, Duration timeout) {
    this.address = address;
    this.limits = limits;
    this.bootstrap = new Bootstrap().group(loop);
    if (address instanceof InetSocketAddress) {
      bootstrap
          .channel(NioSocketChannel.class)
          .option(ChannelOption.TCP_NODELAY, true)
          .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()));
    } else {
      bootstrap.channel(NioDomainSocketChannel.class);
    }
  }

  /** Opens a connection. */
  ChannelFuture open(ClientConnection connection) {
    return bootstrap
        .clone()
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(new DictClientCodec(connection.version(), limits), connection);
              }
            })
        .connect(address);
  }

  /** Where it connects to. */
  @Override
  public String toString() {
    return address instanceof InetSocketAddress tcp
        ? "tcp:" + tcp.getHostString() + ":" + tcp.getPort()
        : "unix:" + address;
  }
}
