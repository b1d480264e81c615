package org.lastlogin.dictproto.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictProtocolException;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictReplyDecoder;

/**
 * Decodes the bytes that a server sends into {@link DictReply}s, for a client's pipeline. Each
 * channel needs its own handler, which only its event loop may use.
 *
 * <p>When the server breaks a rule, {@code exceptionCaught} gets a {@link DictProtocolException},
 * and no more replies follow; a later handler must close the channel. {@link DictClientCodec}
 * combines this with {@link DictCommandEncoderHandler}.
 */
@SuppressWarnings("exports") // Netty is optional: who uses this requires it.
public final class DictReplyDecoderHandler extends ChannelInboundHandlerAdapter {
  private final DictReplyDecoder decoder;
  private boolean failed;

  /**
   * A handler for a new connection.
   *
   * @param conversation where the replies are noted; the handler that encodes the commands has the
   *     same
   */
  public DictReplyDecoderHandler(DictConversation conversation) {
    this.decoder = DictReplyDecoder.create(conversation);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      ctx.fireChannelRead(message);
      return;
    }
    try {
      decoder.feed(bytes.nioBuffer());
    } finally {
      bytes.release();
    }
    try {
      DictReply reply = null;
      while (!failed && (reply = decoder.next()) != null) {
        ctx.fireChannelRead(reply);
      }
    } catch (DictProtocolException e) {
      failed = true;
      ctx.fireExceptionCaught(e);
    }
  }
}
