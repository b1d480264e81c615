package org.lastlogin.dictproto.netty;

import io.netty.channel.CombinedChannelDuplexHandler;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictVersion;

/**
 * Speaks the protocol in a client's pipeline: {@link DictCommand}s that are written become bytes,
 * bytes become {@link DictReply}s. One for each channel; safe for use by the channel's event loop
 * alone.
 *
 * <p>Commands are written by the rules, HELLO first. Mistakes on either side are told as {@link
 * DictCommandEncoderHandler} and {@link DictReplyDecoderHandler} tell them.
 */
@SuppressWarnings("exports") // Netty is optional: who uses this requires it.
public final class DictClientCodec
    extends CombinedChannelDuplexHandler<DictReplyDecoderHandler, DictCommandEncoderHandler> {
  private final DictConversation conversation;

  /**
   * A handler for a new connection.
   *
   * @param version the version that HELLO announces
   * @param limits the limits of the server, and how much it may send
   */
  public DictClientCodec(DictVersion version, DictLimits limits) {
    this.conversation = DictConversation.ofClient(limits);
    init(
        new DictReplyDecoderHandler(conversation),
        new DictCommandEncoderHandler(conversation, version));
  }

  /** What was said on the connection: how many commands wait for their answer, and so on. */
  public DictConversation conversation() {
    return conversation;
  }
}
