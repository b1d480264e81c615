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
 * Encrypts a client's connection, which is not active for those behind it before the server is
 * known to be the right one. With {@code TlsGate}, it is what needs netty-handler, and is loaded
 * only where a client has TLS.
 */
final class ClientTls extends ChannelInboundHandlerAdapter {
  private ClientTls() {}

  /** Puts TLS in front of a connection; the server's certificate has to name the host. */
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
    // Not yet.
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
      ctx.fireChannelActive();
    }
    ctx.fireUserEventTriggered(event);
  }
}
