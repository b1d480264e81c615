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
 * Speaks the protocol in a server's pipeline: bytes become {@link DictCommand}s, {@link DictReply}s
 * that are written become bytes. One for each channel; safe for use by the channel's event loop
 * alone.
 *
 * <p>A command is handed on only while the client reads its answers and while {@linkplain
 * DictLimits#pendingCommands not too many} commands wait for theirs; otherwise the channel is not
 * read from. A client whose version has no {@link Capability#ASYNC_REPLIES} gets its commands
 * handled one at a time, and so its answers in order.
 *
 * <p>Mistakes on either side are told as {@link DictCommandDecoderHandler} and {@link
 * DictReplyEncoderHandler} tell them.
 */
@SuppressWarnings("exports") // Netty is optional: who uses this requires it.
public final class DictServerCodec
    extends CombinedChannelDuplexHandler<DictCommandDecoderHandler, DictReplyEncoderHandler> {
  private final DictConversation conversation;
  private final BooleanSupplier nextHandlerIsReady;
  private @Nullable ChannelHandlerContext context;

  /** Whether a command, or the wish to read, waits for an answer to be written. */
  private boolean paused;

  private boolean readWanted;

  /** A handler for a new connection, with how much the client may ask for. */
  public DictServerCodec(DictLimits limits) {
    this(limits, () -> true);
  }

  /** A handler that lets commands wait until the next handler is ready for them, too. */
  public DictServerCodec(DictLimits limits, BooleanSupplier nextHandlerIsReady) {
    this.conversation = DictConversation.ofServer(limits);
    this.nextHandlerIsReady = nextHandlerIsReady;
    init(new PausingDecoder(), new DictReplyEncoderHandler(conversation));
  }

  /** What was said on the connection: its version, and how many commands wait for their answer. */
  public DictConversation conversation() {
    return conversation;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    super.handlerAdded(ctx);
  }

  /** Whether commands may wait here until an answer is written. */
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

  /** Whether the client has sent something that was not handed on yet. */
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
      // Not within this turn: whoever has answered may not expect the next command yet.
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
      // As after a read: it is then that handlers flush what they have answered, and see that
      // nothing
      // waits here any more.
      ctx.fireChannelReadComplete();
    }
    if (readWanted && mayGoOn()) {
      readWanted = false;
      ctx.read();
    }
  }

  /** Lets commands wait while the client does not read, or too many are unanswered. */
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
