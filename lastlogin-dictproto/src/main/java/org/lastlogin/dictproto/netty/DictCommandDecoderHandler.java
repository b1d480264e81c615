package org.lastlogin.dictproto.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictCommandDecoder;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictProtocolException;

/**
 * Decodes the bytes that a client sends into {@link DictCommand}s, for a server's pipeline. Each
 * channel needs its own handler, which only its event loop may use.
 *
 * <p>When the client breaks a rule, {@code exceptionCaught} gets a {@link DictProtocolException},
 * and no more commands follow; a later handler must close the channel. Messages other than bytes
 * pass through. {@link DictServerCodec} combines this with {@link DictReplyEncoderHandler}.
 */
@SuppressWarnings("exports") // Netty is optional: who uses this requires it.
public sealed class DictCommandDecoderHandler extends ChannelInboundHandlerAdapter
    permits DictServerCodec.PausingDecoder {
  private final DictCommandDecoder decoder;
  private @Nullable ChannelHandlerContext context;
  private boolean delivering;
  private boolean failed;

  /**
   * A handler for a new connection.
   *
   * @param conversation where the commands are noted; the handler that encodes the replies has the
   *     same
   */
  public DictCommandDecoderHandler(DictConversation conversation) {
    this.decoder = DictCommandDecoder.create(conversation);
  }

  @Override
  public final void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public final void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      ctx.fireChannelRead(message);
      return;
    }
    try {
      decoder.feed(bytes.nioBuffer());
    } finally {
      bytes.release();
    }
    var unused = deliver();
  }

  /**
   * Passes on the commands that were read, as long as {@link #mayDeliver} allows.
   *
   * @return whether there were any
   */
  final boolean deliver() {
    ChannelHandlerContext ctx = Objects.requireNonNull(context);
    if (delivering || failed || ctx.isRemoved()) {
      return false;
    }
    delivering = true;
    boolean delivered = false;
    try {
      DictCommand command = null;
      while (mayDeliver() && (command = decoder.next()) != null) {
        delivered = true;
        ctx.fireChannelRead(command);
      }
    } catch (DictProtocolException e) {
      failed = true;
      ctx.fireExceptionCaught(e);
    } finally {
      delivering = false;
    }
    return delivered;
  }

  /** Returns whether it holds bytes that it has not made a command of. */
  final boolean holdsBytes() {
    return decoder.holdsBytes();
  }

  /** Returns whether the next command may be passed on, or must wait. */
  boolean mayDeliver() {
    return true;
  }
}
