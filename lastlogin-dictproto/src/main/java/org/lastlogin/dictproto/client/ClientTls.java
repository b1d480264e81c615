package org.lastlogin.dictproto.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * Encrypts a client's connection. Later handlers see the channel as active once the server's
 * certificate is verified. With {@code TlsGate}, this is the only class that needs netty-handler,
 * and is loaded only for clients with TLS.
 */
final class ClientTls extends ChannelInboundHandlerAdapter {
  private ClientTls() {}

  /** Adds TLS to a connection; the server's certificate must name the host. */
  static void addTo(ChannelPipeline pipeline, SSLContext context, InetSocketAddress server) {
    SSLEngine engine = context.createSSLEngine(server.getHostString(), server.getPort());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    pipeline.addLast(new SslHandler(engine), new ClientTls());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    // Fired after the handshake.
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
      ctx.fireChannelActive();
    }
    ctx.fireUserEventTriggered(event);
  }
}
