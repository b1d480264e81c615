package org.lastlogin.dictproto.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictReplyEncoder;
import org.lastlogin.dictproto.DictVersion;

/**
 * Makes bytes of the {@link DictReply}s that a server writes. Anything else that is written passes.
 * One for each channel; safe for use by the channel's event loop alone.
 *
 * <p>A reply that the client could not read fails its promise with an {@link
 * IllegalArgumentException}, one that no command waits for with an {@link IllegalStateException};
 * nothing is sent then. {@link DictServerCodec} is this and {@link DictCommandDecoderHandler} in
 * one.
 */
@SuppressWarnings("exports") // Netty is optional: who uses this requires it.
public final class DictReplyEncoderHandler extends ChannelOutboundHandlerAdapter {
  private final DictConversation conversation;
  private final DictLimits limits;
  private @Nullable DictReplyEncoder encoder;

  /**
   * A handler for a new connection.
   *
   * @param conversation where the replies are noted; the handler that decodes the commands has the
   *     same
   * @param limits how long replies may be
   */
  public DictReplyEncoderHandler(DictConversation conversation, DictLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
    this.conversation = Objects.requireNonNull(conversation, "conversation");
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (!(message instanceof DictReply reply)) {
      var unused = ctx.write(message, promise);
      return;
    }
    ByteBuf bytes;
    try {
      bytes = encode(ctx, reply);
    } catch (IllegalArgumentException | IllegalStateException e) {
      promise.setFailure(e);
      return;
    }
    var unused = ctx.write(bytes, promise);
  }

  private ByteBuf encode(ChannelHandlerContext ctx, DictReply reply) {
    if (encoder == null) {
      DictVersion version = conversation.version();
      if (version == null) {
        throw new IllegalStateException("A reply comes before HELLO");
      }
      encoder = DictReplyEncoder.create(version, limits);
    }
    encoder.encode(reply);
    ByteBuffer bytes = encoder.drain();
    conversation.reply(reply);
    return ctx.alloc().buffer(bytes.remaining()).writeBytes(bytes);
  }
}
