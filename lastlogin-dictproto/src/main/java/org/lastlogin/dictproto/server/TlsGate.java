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
 * Lets through only clients whose certificate is trusted. It is the one class that needs
 * netty-handler, and loaded only where a listener has TLS.
 */
final class TlsGate extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(TlsGate.class);

  private final String peer;
  private final Refusals refusals;

  private TlsGate(String peer, Refusals refusals) {
    this.peer = peer;
    this.refusals = refusals;
  }

  /**
   * Puts TLS in front of a connection. Its handshake has no time-out of its own; a HELLO must come
   * in time.
   *
   * @param tasks computes what would hold up the event loop
   */
  static void addTo(
      ChannelPipeline pipeline,
      SSLContext context,
      Executor tasks,
      String peer,
      Refusals refusals) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    SslHandler tls = new SslHandler(engine, tasks);
    tls.setHandshakeTimeoutMillis(0);
    pipeline.addLast(tls, new TlsGate(peer, refusals));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
      failed(handshake.cause());
    } else if (event instanceof SslCloseCompletionEvent close && close.isSuccess()) {
      // Behind this, it is like any other connection whose client will send nothing more.
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  /** SslHandler closes the connection; this says why. */
  private void failed(Throwable cause) {
    if (cause instanceof ClosedChannelException) {
      log.debug("{}: disconnected during the TLS handshake", peer);
    } else {
      refusals.refused(peer, Refusal.TLS, "TLS handshake failed: " + reason(cause));
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
      // A failed handshake has been told above; anything later is the client's way to leave.
      log.debug("{}: TLS failed", peer, cause);
      var unused = ctx.close();
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }
}
