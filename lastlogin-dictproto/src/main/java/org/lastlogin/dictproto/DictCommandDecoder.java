package org.lastlogin.dictproto;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.input.LogText;

/**
 * Decodes the bytes that a client sends into commands, however they are cut.
 *
 * <p>The client's HELLO, which must come first, determines the protocol's version. A decoder for a
 * {@link DictConversation} notes each command there, and so refuses whatever the client may not
 * send now. A decoder alone checks only what it needs to read a line: that HELLO comes first and
 * once, and that the version has the command.
 *
 * <p>After a malformed line the decoder stays failed: every later call of {@link #next} throws the
 * same error, and bytes that are fed are dropped. Not safe for use by several threads.
 */
public final class DictCommandDecoder extends LineDecoder<DictCommand> {
  private final @Nullable DictConversation conversation;

  private @Nullable DictVersion version;

  /**
   * Whether the client speaks a version from the future, whose lines may have fields that are not
   * known yet.
   */
  private boolean newerThanKnown;

  private DictCommandDecoder(@Nullable DictConversation conversation, DictLimits limits) {
    super(limits.lineBytes(), limits.fields());
    this.conversation = conversation;
  }

  /** Creates a decoder for one connection, which notes the commands in its conversation. */
  public static DictCommandDecoder create(DictConversation conversation) {
    return new DictCommandDecoder(conversation, conversation.limits());
  }

  /** Creates a decoder for one connection, for use without a conversation. */
  public static DictCommandDecoder create(DictLimits limits) {
    return new DictCommandDecoder(null, limits);
  }

  /** Returns the version that the client's HELLO announced, or {@code null} before that. */
  public @Nullable DictVersion version() {
    return version;
  }

  /** Returns whether it holds bytes that it has not made a command of. */
  public boolean holdsBytes() {
    return lines.holdsBytes();
  }

  @Override
  DictCommand decode() {
    fields.start();
    int wire = fields.letter("command");
    if (wire < 0) {
      throw new DictProtocolException(
          lines.lineStart() == lines.lineEnd() ? "A line is empty" : "A line begins with TAB");
    }
    CommandType type = CommandType.of((byte) wire);
    if (type == null) {
      String shown = "'" + LogText.shorten(String.valueOf((char) wire)) + "'";
      throw new DictProtocolException(
          version == null
              ? "The first command is " + shown + ", not HELLO"
              : "There is no command " + shown);
    }
    String problem = type.problem(version);
    if (problem != null) {
      throw new DictProtocolException(problem);
    }
    DictCommand command = version == null ? decodeHello() : decode(type, version);
    if (!newerThanKnown) {
      fields.finish();
    }
    if (conversation != null) {
      var unused = conversation.noteAllowed(command);
    }
    return command;
  }

  /** Returns the name of the type that the line's first byte stands for. */
  @Override
  String messageName() {
    CommandType type = CommandType.of(lines.bytes()[lines.lineStart()]);
    return Objects.requireNonNull(type).protocolName();
  }

  private DictCommand decodeHello() {
    DictCommand.Hello hello = DictCommand.Hello.decode(fields);
    DictVersion spoken = hello.version();
    version = spoken;
    newerThanKnown = hello.minor() > spoken.minor();
    return hello;
  }

  private DictCommand decode(CommandType type, DictVersion spoken) {
    return switch (type) {
      case LOOKUP -> DictCommand.Lookup.decode(fields, spoken);
      case ITERATE -> DictCommand.Iterate.decode(fields, spoken);
      default -> TransactionCodec.decode(type, fields, spoken);
    };
  }
}
