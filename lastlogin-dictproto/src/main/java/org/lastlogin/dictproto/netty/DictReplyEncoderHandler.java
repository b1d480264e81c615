package org.lastlogin.dictproto.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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
 *
 * <p>What is written goes on to the channel when it is flushed, or is more than 8 KiB or the
 * channel's high water mark: one buffer for many replies, each of which would need one of its own.
 */
@SuppressWarnings("exports") // Netty is optional: who uses this requires it.
public final class DictReplyEncoderHandler extends ChannelOutboundHandlerAdapter {
  private static final int MAX_HELD_BYTES = 8 * 1024;

  private final DictConversation conversation;
  private final DictLimits limits;
  private @Nullable DictReplyEncoder encoder;

  /** Those of the replies that the encoder holds. */
  private List<ChannelPromise> promises = new ArrayList<>();

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
      pass(ctx);
      var unused = ctx.write(message, promise);
      return;
    }
    try {
      encode(ctx, reply);
    } catch (IllegalArgumentException | IllegalStateException e) {
      promise.setFailure(e);
      return;
    }
    promises.add(promise);
    if (Objects.requireNonNull(encoder).pendingBytes() > maxHeldBytes(ctx)) {
      pass(ctx);
    }
  }

  /** So few that they make no difference to whether the channel is writable. */
  private static int maxHeldBytes(ChannelHandlerContext ctx) {
    return Math.min(MAX_HELD_BYTES, ctx.channel().config().getWriteBufferHighWaterMark());
  }

  private void encode(ChannelHandlerContext ctx, DictReply reply) {
    if (encoder == null) {
      DictVersion version = conversation.version();
      if (version == null) {
        throw new IllegalStateException("A reply comes before HELLO");
      }
      encoder = DictReplyEncoder.create(version, limits);
    }
    int heldBytes = encoder.pendingBytes();
    encoder.encode(reply);
    try {
      conversation.reply(reply);
    } catch (IllegalStateException e) {
      // The others that are held go on without it.
      pass(ctx, heldBytes);
      throw e;
    }
  }

  /** Passes the replies on that are held. */
  private void pass(ChannelHandlerContext ctx) {
    if (encoder != null) {
      pass(ctx, encoder.pendingBytes());
    }
  }

  private void pass(ChannelHandlerContext ctx, int count) {
    ByteBuffer bytes = Objects.requireNonNull(encoder).drain();
    bytes.limit(bytes.position() + count);
    if (promises.isEmpty()) {
      return;
    }
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

  /** The channel fails what it is too late for. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    pass(ctx);
  }
}
