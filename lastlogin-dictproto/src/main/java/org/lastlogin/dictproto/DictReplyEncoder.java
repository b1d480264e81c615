package org.lastlogin.dictproto;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encodes replies into bytes, in the version of the protocol that the client announced. It leaves
 * out what that version cannot express. An encoder for a {@link DictConversation} takes the version
 * from there, notes each reply, and rejects what no command waits for. Not safe for use by several
 * threads.
 */
public final class DictReplyEncoder {
  private final @Nullable DictConversation conversation;
  private final DictLimits limits;
  private @Nullable ReplyWriter writer;

  private DictReplyEncoder(
      @Nullable DictConversation conversation, DictLimits limits, @Nullable ReplyWriter writer) {
    this.conversation = conversation;
    this.limits = Objects.requireNonNull(limits, "limits");
    this.writer = writer;
  }

  /** Creates an encoder for one connection, which notes the replies in its conversation. */
  public static DictReplyEncoder create(DictConversation conversation) {
    return new DictReplyEncoder(conversation, conversation.limits(), null);
  }

  /**
   * Creates an encoder for a client of a version, for use without a conversation and with {@link
   * DictLimits#DEFAULT}.
   */
  public static DictReplyEncoder create(DictVersion version) {
    return create(version, DictLimits.DEFAULT);
  }

  /**
   * Creates an encoder for a client of a version, for use without a conversation.
   *
   * @param limits the limits of the client: the length of a reply and the number of its fields
   *     count here
   */
  public static DictReplyEncoder create(DictVersion version, DictLimits limits) {
    return new DictReplyEncoder(null, limits, new ReplyWriter(version, limits));
  }

  /**
   * Appends a reply's line to the bytes that wait to be drained.
   *
   * @throws IllegalArgumentException if the client could not read it, or would read something else:
   *     a text is not Unicode, or has a NUL before {@link Capability#ALL_ESCAPES}, or a number is
   *     out of range; nothing is appended then
   * @throws IllegalStateException if no command of the conversation waits for such a reply; nothing
   *     is appended then
   */
  public void encode(DictReply reply) {
    ReplyWriter line = writer();
    boolean isLine = false;
    boolean complete = false;
    try {
      isLine = line.write(reply);
      if (conversation != null) {
        conversation.reply(reply);
      }
      complete = true;
    } finally {
      if (!complete) {
        line.undo();
      }
    }
    if (isLine) {
      line.end();
    }
  }

  private ReplyWriter writer() {
    ReplyWriter known = writer;
    if (known == null) {
      DictVersion version = conversation == null ? null : conversation.version();
      if (version == null) {
        throw new IllegalStateException("A reply comes before HELLO");
      }
      known = new ReplyWriter(version, limits);
      writer = known;
    }
    return known;
  }

  /** Returns how many bytes wait to be drained. */
  public int pendingBytes() {
    return writer == null ? 0 : writer.length();
  }

  /**
   * Returns the bytes of all replies since the last call. They are valid until the next reply is
   * encoded.
   */
  public ByteBuffer drain() {
    return writer == null ? ByteBuffer.allocate(0) : writer.drain();
  }
}
