package org.lastlogin.dictproto.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.netty.DictClientCodec;

/** Opens a client's connections. Safe for use by any number of threads. */
final class Connector {
  private final SocketAddress address;
  private final @Nullable SSLContext tls;
  private final DictLimits limits;
  private final Bootstrap bootstrap;

  Connector(EventLoopGroup loop, DictClient.Builder settings) {
    this.address = settings.address;
    this.tls = settings.tls;
    this.limits = settings.limits;
    this.bootstrap = new Bootstrap().group(loop);
    if (address instanceof InetSocketAddress) {
      bootstrap
          .channel(NioSocketChannel.class)
          .option(ChannelOption.TCP_NODELAY, true)
          .option(
              ChannelOption.CONNECT_TIMEOUT_MILLIS,
              Math.toIntExact(settings.connectTimeout.toMillis()));
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
                ChannelPipeline pipeline = channel.pipeline();
                if (tls != null && address instanceof InetSocketAddress server) {
                  ClientTls.addTo(pipeline, tls, server);
                }
                pipeline.addLast(new DictClientCodec(connection.version(), limits), connection);
              }
            })
        .connect(address);
  }

  /** Returns where it connects to. */
  @Override
  public String toString() {
    return address instanceof InetSocketAddress tcp
        ? (tls == null ? "tcp:" : "tls:") + tcp.getHostString() + ":" + tcp.getPort()
        : "unix:" + address;
  }
}
