package org.lastlogin.dictproto.netty;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * Encrypts a client's connection. With {@link TlsGate}, it is what needs netty-handler, and is
 * loaded only where a client has TLS.
 */
final class ClientTls {
  private ClientTls() {}

  /** Puts TLS in front of a connection; the server's certificate has to name the host. */
  static void addTo(ChannelPipeline pipeline, SSLContext context, InetSocketAddress server) {
    SSLEngine engine = context.createSSLEngine(server.getHostString(), server.getPort());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    pipeline.addLast(new SslHandler(engine));
  }
}
