package org.lastlogin.dictproto.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.lastlogin.dictproto.session.DictServerObserver.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requires TLS with a trusted certificate of each client. Without a client's certificate, TLS would
 * hide the traffic but admit anybody. TLS is the JDK's. This is the server's only class that needs
 * netty-handler, and is loaded only for listeners with TLS.
 */
final class TlsGate extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(TlsGate.class);

  private final String peer;
  private final ConnectionReport report;

  private TlsGate(String peer, ConnectionReport report) {
    this.peer = peer;
    this.report = report;
  }

  /**
   * Adds TLS to a connection. Its handshake has no timeout of its own: the HELLO must come in time.
   *
   * @param tasks runs what would block the event loop
   */
  static void addTo(
      ChannelPipeline pipeline,
      SSLContext context,
      Executor tasks,
      String peer,
      ConnectionReport report) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    SslHandler tls = new SslHandler(engine, tasks);
    tls.setHandshakeTimeoutMillis(0);
    pipeline.addLast(tls, new TlsGate(peer, report));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
      failed(handshake.cause());
    } else if (event instanceof SslCloseCompletionEvent close && close.isSuccess()) {
      // For later handlers, this is a client that has shut its sending side down.
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  /** Reports why SslHandler closes the connection. */
  private void failed(Throwable cause) {
    if (cause instanceof ClosedChannelException) {
      log.debug("{}: disconnected during the TLS handshake", peer);
    } else {
      report.refused(peer, Refusal.TLS, "TLS handshake failed: " + reason(cause));
    }
  }

  private static String reason(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof SSLException
        || (cause instanceof DecoderException && cause.getCause() instanceof SSLException)) {
      // A failed handshake is reported above; a later failure is the client's way to leave.
      log.debug("{}: TLS failed", peer, cause);
      var unused = ctx.close();
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }
}
