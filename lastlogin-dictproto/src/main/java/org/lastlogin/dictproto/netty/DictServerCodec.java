package org.lastlogin.dictproto.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.Capability;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReply;

/**
 * Encodes and decodes the protocol in a server's pipeline: bytes become {@link DictCommand}s,
 * {@link DictReply}s that are written become bytes. Each channel needs its own handler, which only
 * its event loop may use.
 *
 * <p>The codec passes commands on only while the client reads its answers and while {@linkplain
 * DictLimits#pendingCommands not too many} commands wait for theirs; otherwise it does not read
 * from the channel. For that it holds back {@code read()}, and leaves {@code autoRead} to the owner
 * of the pipeline. For a client whose version has no {@link Capability#ASYNC_REPLIES} it passes on
 * one command at a time, so that answers are in order.
 *
 * <p>Errors of either side are reported as by {@link DictCommandDecoderHandler} and {@link
 * DictReplyEncoderHandler}.
 */
@SuppressWarnings("exports") // Netty is optional: who uses this requires it.
public final class DictServerCodec
    extends CombinedChannelDuplexHandler<DictCommandDecoderHandler, DictReplyEncoderHandler> {
  private final DictConversation conversation;
  private final BooleanSupplier nextHandlerIsReady;
  private @Nullable ChannelHandlerContext context;

  /** Whether commands, or a read, wait for an answer to be written. */
  private boolean paused;

  private boolean readWanted;

  /** A handler for a new connection, with the limits of the client. */
  public DictServerCodec(DictLimits limits) {
    this(limits, () -> true);
  }

  /** A handler that also makes commands wait until the next handler is ready for them. */
  public DictServerCodec(DictLimits limits, BooleanSupplier nextHandlerIsReady) {
    this.conversation = DictConversation.ofServer(limits);
    this.nextHandlerIsReady = nextHandlerIsReady;
    init(new PausingDecoder(), new DictReplyEncoderHandler(conversation));
  }

  /** Returns the protocol state of the connection. */
  public DictConversation conversation() {
    return conversation;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    super.handlerAdded(ctx);
  }

  /** Returns whether commands may wait here until an answer is written. */
  public boolean isPaused() {
    return paused;
  }

  private boolean mayGoOn() {
    paused =
        !hasRoom()
            || !nextHandlerIsReady.getAsBoolean()
            || !Objects.requireNonNull(context).channel().isWritable();
    return !paused;
  }

  /** Returns whether it holds bytes that it has not made a command of. */
  public boolean holdsBytes() {
    return inboundHandler().holdsBytes();
  }

  private boolean hasRoom() {
    return conversation.isOrdered() ? conversation.pending() == 0 : conversation.hasRoom();
  }

  @Override
  public void read(ChannelHandlerContext ctx) throws Exception {
    if (mayGoOn()) {
      super.read(ctx);
    } else {
      readWanted = true;
    }
  }

  @Override
  public void flush(ChannelHandlerContext ctx) throws Exception {
    super.flush(ctx);
    if (paused) {
      // Not within this call: the handler that has answered may not expect the next command yet.
      ctx.executor().execute(this::resume);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
    super.channelWritabilityChanged(ctx);
    if (paused) {
      resume();
    }
  }

  private void resume() {
    ChannelHandlerContext ctx = Objects.requireNonNull(context);
    if (ctx.isRemoved()) {
      return;
    }
    boolean waited = paused;
    if (inboundHandler().deliver() || (waited && !paused)) {
      // As after a read: then handlers flush their answers, and see that no command waits here.
      ctx.fireChannelReadComplete();
    }
    if (readWanted && mayGoOn()) {
      readWanted = false;
      ctx.read();
    }
  }

  /** Makes commands wait while the client does not read, or too many are unanswered. */
  final class PausingDecoder extends DictCommandDecoderHandler {
    private PausingDecoder() {
      super(conversation);
    }

    @Override
    boolean mayDeliver() {
      return mayGoOn();
    }
  }
}
