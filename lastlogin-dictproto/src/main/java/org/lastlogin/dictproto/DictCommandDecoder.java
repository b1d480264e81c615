package org.lastlogin.dictproto;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.input.LogText;

/**
 * Makes commands of the bytes that a client sends, however they are cut.
 *
 * <p>It learns the protocol's version from the client's HELLO, which must come first. Once a line
 * was found to be broken the decoder stays broken: every later call of {@link #next} fails the same
 * way, and bytes that are fed are dropped. Not safe for use by several threads.
 */
public final class DictCommandDecoder {
  private final LineBuffer lines;
  private final FieldReader fields;

  private @Nullable DictVersion version;

  /**
   * Whether the client speaks a version from the future, whose lines may have fields that are not
   * known yet.
   */
  private boolean newerThanKnown;

  private @Nullable DictProtocolException failure;

  private DictCommandDecoder(DictLimits limits) {
    this.lines = new LineBuffer(limits.lineBytes());
    this.fields = new FieldReader(lines, limits.fields(), this::typeName);
  }

  /** A decoder for one connection. */
  public static DictCommandDecoder create(DictLimits limits) {
    return new DictCommandDecoder(Objects.requireNonNull(limits, "limits"));
  }

  /** Takes all remaining bytes of a buffer. */
  public void feed(ByteBuffer more) {
    if (failure == null) {
      lines.feed(more);
    } else {
      more.position(more.limit());
    }
  }

  /** Takes all bytes of an array. */
  public void feed(byte[] more) {
    feed(more, 0, more.length);
  }

  /**
   * Takes a part of an array.
   *
   * @throws IndexOutOfBoundsException if the array has no such part
   */
  public void feed(byte[] more, int from, int count) {
    Objects.checkFromIndexSize(from, count, more.length);
    if (failure == null) {
      lines.feed(more, from, count);
    }
  }

  /** The version that the client's HELLO announced, or {@code null} before that. */
  public @Nullable DictVersion version() {
    return version;
  }

  /** Whether it was fed with bytes that no command was made of yet. */
  public boolean holdsBytes() {
    return lines.holdsBytes();
  }

  /**
   * The next command, or {@code null} if more bytes are needed for it.
   *
   * @throws DictProtocolException if the line is broken or too long
   */
  public @Nullable DictCommand next() {
    if (failure != null) {
      throw new DictProtocolException(String.valueOf(failure.getMessage()));
    }
    try {
      return lines.nextLine() ? decode() : null;
    } catch (DictProtocolException e) {
      failure = e;
      lines.discard();
      throw e;
    }
  }

  private DictCommand decode() {
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
    String objection = type.whyNot(version != null);
    if (objection != null) {
      throw new DictProtocolException(objection);
    }
    DictCommand command = version == null ? decodeHello() : decode(type, version);
    if (!newerThanKnown) {
      fields.finish();
    }
    return command;
  }

  /** What the line's first byte names, which was found to be a type. */
  private String typeName() {
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
    if (!type.isIn(spoken)) {
      throw new DictProtocolException(
          "There is no command '" + type.wire() + "' in version " + spoken);
    }
    return switch (type) {
      case BEGIN -> TransactionCommand.Begin.decode(fields, spoken);
      case SET -> TransactionCommand.Set.decode(fields);
      case COMMIT -> TransactionCommand.Commit.decode(fields);
      case LOOKUP -> DictCommand.Lookup.decode(fields, spoken);
      case ITERATE -> DictCommand.Iterate.decode(fields, spoken);
      case UNSET -> TransactionCommand.Unset.decode(fields);
      case INCREMENT -> TransactionCommand.Increment.decode(fields);
      case APPEND -> TransactionCommand.Append.decode(fields);
      case TIMESTAMP -> TransactionCommand.Timestamp.decode(fields);
      case HIDE_VALUES -> TransactionCommand.HideValues.decode(fields);
      case COMMIT_ASYNC -> TransactionCommand.CommitAsync.decode(fields);
      case ROLLBACK -> TransactionCommand.Rollback.decode(fields);
      case HELLO -> throw new DictProtocolException("HELLO came twice");
    };
  }
}
