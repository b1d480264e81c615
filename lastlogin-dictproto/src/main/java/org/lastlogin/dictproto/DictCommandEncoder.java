package org.lastlogin.dictproto;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encodes commands into bytes, in the version of the protocol that the client chose. It rejects
 * what a server could not read, or would read as something else. An encoder for a {@link
 * DictConversation} notes each command there, and also rejects what may not be sent now. Not safe
 * for use by several threads.
 */
public final class DictCommandEncoder {
  private final @Nullable DictConversation conversation;
  private final DictVersion version;
  private final DictLimits limits;
  private final FieldWriter out;

  private DictCommandEncoder(
      @Nullable DictConversation conversation, DictVersion version, DictLimits limits) {
    this.conversation = conversation;
    this.version = Objects.requireNonNull(version, "version");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.out = new FieldWriter(version, limits.lineBytes());
  }

  /**
   * Creates an encoder for one connection, which notes the commands in its conversation.
   *
   * @param version the version that its HELLO announces
   */
  public static DictCommandEncoder create(DictConversation conversation, DictVersion version) {
    return new DictCommandEncoder(conversation, version, conversation.limits());
  }

  /**
   * Creates an encoder for a client, for use without a conversation.
   *
   * @param version the version that its HELLO announces
   * @param limits the limits that the server is expected to have, {@link DictLimits#DEFAULT} for
   *     Dovecot's: the length of a line and the number of its fields count here
   */
  public static DictCommandEncoder create(DictVersion version, DictLimits limits) {
    return new DictCommandEncoder(null, version, limits);
  }

  /** Returns the version in which it encodes. */
  public DictVersion version() {
    return version;
  }

  /**
   * Appends a command's line to the bytes that wait to be drained.
   *
   * @throws IllegalArgumentException if the version has no such command or cannot express what it
   *     says, if a text is not Unicode, a number out of range, or the line too long; nothing is
   *     appended then
   * @throws IllegalStateException if the conversation does not allow the command now; nothing is
   *     appended then
   */
  public void encode(DictCommand command) {
    CommandType type = command.type();
    if (!type.isIn(version)) {
      throw new IllegalArgumentException("Version " + version + " has no " + type.protocolName());
    }
    boolean complete = false;
    try {
      out.raw(type.wire());
      encodeFields(command);
      requireLength(type);
      if (conversation != null) {
        var unused = conversation.command(command);
      }
      complete = true;
    } finally {
      if (!complete) {
        out.undoLine();
      }
    }
    out.endLine();
  }

  private void requireLength(CommandType type) {
    if (out.lineLength() > limits.lineBytes()) {
      throw new IllegalArgumentException(
          type.protocolName()
              + " takes "
              + out.lineLength()
              + " bytes; a server reads lines of up to "
              + limits.lineBytes());
    }
  }

  private void encodeFields(DictCommand command) {
    if (command instanceof TransactionCommand part) {
      TransactionCodec.encode(part, out, version);
    } else if (command instanceof DictCommand.Lookup lookup) {
      lookup.encode(out);
    } else if (command instanceof DictCommand.Iterate iterate) {
      requireFields(iterate);
      iterate.encode(out, version);
    } else if (command instanceof DictCommand.Hello hello) {
      hello.encode(out);
    }
  }

  /** Limits the paths of an iteration, the only fields of which there may be many. */
  private void requireFields(DictCommand.Iterate iterate) {
    int user = version.has(Capability.USER_PER_COMMAND) ? 1 : 0;
    int fields = 2 + iterate.paths().size() + user;
    if (fields > limits.fields()) {
      throw new IllegalArgumentException(
          "ITERATE has " + fields + " fields; a server reads up to " + limits.fields());
    }
  }

  /** Returns how many bytes wait to be drained. */
  public int pendingBytes() {
    return out.length();
  }

  /**
   * Returns the bytes of all commands since the last call. They are valid until the next command is
   * encoded.
   */
  public ByteBuffer drain() {
    return out.drain();
  }
}
