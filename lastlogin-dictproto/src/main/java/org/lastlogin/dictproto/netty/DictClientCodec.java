package org.lastlogin.dictproto.netty;

import io.netty.channel.CombinedChannelDuplexHandler;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictVersion;

/**
 * Encodes and decodes the protocol in a client's pipeline: {@link DictCommand}s that are written
 * become bytes, bytes become {@link DictReply}s. Each channel needs its own handler, which only its
 * event loop may use.
 *
 * <p>HELLO must be written first. Errors of either side are reported as by {@link
 * DictCommandEncoderHandler} and {@link DictReplyDecoderHandler}.
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

  /** Returns the protocol state of the connection. */
  public DictConversation conversation() {
    return conversation;
  }
}
