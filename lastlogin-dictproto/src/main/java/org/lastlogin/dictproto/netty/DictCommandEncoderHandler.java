package org.lastlogin.dictproto.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictCommandEncoder;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictVersion;

/**
 * Encodes the {@link DictCommand}s that a client writes into bytes. Other messages pass through.
 * Each channel needs its own handler, which only its event loop may use.
 *
 * <p>A command that the server could not read fails its promise with an {@link
 * IllegalArgumentException}, one that may not be sent now with an {@link IllegalStateException};
 * nothing is sent then. {@link DictClientCodec} combines this with {@link DictReplyDecoderHandler}.
 */
@SuppressWarnings("exports") // Netty is optional: who uses this requires it.
public final class DictCommandEncoderHandler extends ChannelOutboundHandlerAdapter {
  private final DictCommandEncoder encoder;

  /**
   * A handler for a new connection.
   *
   * @param conversation where the commands are noted; the handler that decodes the replies has the
   *     same
   * @param version the version that HELLO announces
   */
  public DictCommandEncoderHandler(DictConversation conversation, DictVersion version) {
    this.encoder = DictCommandEncoder.create(conversation, version);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (!(message instanceof DictCommand command)) {
      var unused = ctx.write(message, promise);
      return;
    }
    ByteBuf bytes;
    try {
      bytes = encode(ctx, command);
    } catch (IllegalArgumentException | IllegalStateException e) {
      promise.setFailure(e);
      return;
    }
    var unused = ctx.write(bytes, promise);
  }

  private ByteBuf encode(ChannelHandlerContext ctx, DictCommand command) {
    encoder.encode(command);
    ByteBuffer bytes = encoder.drain();
    return ctx.alloc().buffer(bytes.remaining()).writeBytes(bytes);
  }
}
