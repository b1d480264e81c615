package org.lastlogin.dictproto.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictReplyEncoder;

/**
 * Encodes the {@link DictReply}s that a server writes into bytes. Other messages pass through. Each
 * channel needs its own handler, which only its event loop may use.
 *
 * <p>A reply that the client could not read fails its promise with an {@link
 * IllegalArgumentException}, one that no command waits for with an {@link IllegalStateException};
 * nothing is sent then. {@link DictServerCodec} combines this with {@link
 * DictCommandDecoderHandler}.
 *
 * <p>The handler collects replies in one buffer, and passes it on when it is flushed, or larger
 * than 8 KiB or the channel's high water mark.
 */
@SuppressWarnings("exports") // Netty is optional: who uses this requires it.
public final class DictReplyEncoderHandler extends ChannelOutboundHandlerAdapter {
  private static final int MAX_HELD_BYTES = 8 * 1024;

  private final DictReplyEncoder encoder;

  /** The promises of the replies that the encoder holds. */
  private List<ChannelPromise> promises = new ArrayList<>();

  /**
   * A handler for a new connection.
   *
   * @param conversation where the replies are noted; the handler that decodes the commands has the
   *     same
   */
  public DictReplyEncoderHandler(DictConversation conversation) {
    this.encoder = DictReplyEncoder.create(conversation);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (!(message instanceof DictReply reply)) {
      pass(ctx);
      var unused = ctx.write(message, promise);
      return;
    }
    try {
      encoder.encode(reply);
    } catch (IllegalArgumentException | IllegalStateException e) {
      promise.setFailure(e);
      return;
    }
    promises.add(promise);
    if (encoder.pendingBytes() > maxHeldBytes(ctx)) {
      pass(ctx);
    }
  }

  /**
   * Returns how many bytes to hold: so few that they hardly count for the channel's writability.
   */
  private static int maxHeldBytes(ChannelHandlerContext ctx) {
    return Math.min(MAX_HELD_BYTES, ctx.channel().config().getWriteBufferHighWaterMark());
  }

  /** Passes on the replies that the encoder holds. */
  private void pass(ChannelHandlerContext ctx) {
    if (promises.isEmpty()) {
      return;
    }
    ByteBuffer bytes = encoder.drain();
    List<ChannelPromise> passed = promises;
    promises = new ArrayList<>(passed.size());
    ChannelPromise all = ctx.newPromise().addListener(written -> complete(passed, written));
    ByteBuf buffer;
    try {
      buffer = ctx.alloc().buffer(bytes.remaining()).writeBytes(bytes);
    } catch (Throwable noMemory) {
      all.setFailure(noMemory);
      throw noMemory;
    }
    var unused = ctx.write(buffer, all);
  }

  private static void complete(List<ChannelPromise> promises, Future<?> all) {
    for (ChannelPromise promise : promises) {
      if (all.isSuccess()) {
        promise.trySuccess();
      } else {
        promise.tryFailure(all.cause());
      }
    }
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    pass(ctx);
    ctx.flush();
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    pass(ctx);
    var unused = ctx.close(promise);
  }

  /** Passes on what is held; the channel fails what it cannot write any more. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    pass(ctx);
  }
}
