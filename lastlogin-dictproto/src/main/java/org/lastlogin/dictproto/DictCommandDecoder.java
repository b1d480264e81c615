package org.lastlogin.dictproto;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes commands of the bytes that a client sends, however they are cut.
 *
 * <p>It learns the protocol's version from the client's HELLO, which must come first. Once a line
 * was found to be broken the decoder stays broken: every later call of {@link #next} fails the same
 * way. Not safe for use by several threads.
 */
public final class DictCommandDecoder {
  private static final int INITIAL_CAPACITY = 512;

  private final DictLimits limits;
  private final FieldReader fields = new FieldReader();
  private byte[] bytes = new byte[INITIAL_CAPACITY];

  /**
   * What is in {@link #bytes}: from {@code start} to {@code end}, with no line's end before {@code
   * scanned}.
   */
  private int start;

  private int scanned;
  private int end;

  private DictCommand.@Nullable Hello hello;
  private @Nullable DictVersion version;
  private @Nullable DictProtocolException failure;

  private DictCommandDecoder(DictLimits limits) {
    this.limits = limits;
  }

  /** A decoder for one connection. */
  public static DictCommandDecoder create(DictLimits limits) {
    return new DictCommandDecoder(Objects.requireNonNull(limits, "limits"));
  }

  /** Takes all remaining bytes of a buffer. */
  public void feed(ByteBuffer more) {
    int count = more.remaining();
    reserve(count);
    more.get(bytes, end, count);
    end += count;
  }

  /** Takes bytes. */
  public void feed(byte[] more) {
    feed(ByteBuffer.wrap(more));
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
      int lineEnd = findLineEnd();
      if (lineEnd < 0) {
        return null;
      }
      int lineStart = start;
      start = lineEnd + 1;
      scanned = start;
      return decode(lineStart, lineEnd);
    } catch (DictProtocolException e) {
      failure = e;
      throw e;
    }
  }

  private int findLineEnd() {
    while (scanned < end) {
      if (bytes[scanned] == '\n') {
        return scanned;
      }
      if (++scanned - start > limits.lineBytes()) {
        throw new DictProtocolException("A line is longer than " + limits.lineBytes() + " bytes");
      }
    }
    return -1;
  }

  private DictCommand decode(int lineStart, int lineEnd) {
    if (lineStart == lineEnd) {
      throw new DictProtocolException("A line is empty");
    }
    char type = (char) (bytes[lineStart] & 0xFF);
    fields.reset(bytes, lineStart + 1, lineEnd);
    if (version == null) {
      return decodeHello(type);
    }
    DictCommand command = decode(type, version);
    if (!isNewerThanKnown()) {
      fields.finish();
    }
    return command;
  }

  private DictCommand decodeHello(char type) {
    if (type != DictCommand.Hello.WIRE) {
      throw new DictProtocolException("The first command is " + shown(type) + ", not HELLO");
    }
    DictCommand.Hello first = DictCommand.Hello.decode(fields);
    version = first.version();
    hello = first;
    if (!isNewerThanKnown()) {
      fields.finish();
    }
    return first;
  }

  private DictCommand decode(char type, DictVersion spoken) {
    return switch (type) {
      case TransactionCommand.Begin.WIRE -> TransactionCommand.Begin.decode(fields, spoken);
      case TransactionCommand.Set.WIRE -> TransactionCommand.Set.decode(fields);
      case TransactionCommand.Commit.WIRE -> TransactionCommand.Commit.decode(fields);
      case DictCommand.Lookup.WIRE -> DictCommand.Lookup.decode(fields, spoken);
      case DictCommand.Iterate.WIRE -> DictCommand.Iterate.decode(fields, spoken);
      case TransactionCommand.Unset.WIRE -> TransactionCommand.Unset.decode(fields);
      case TransactionCommand.Increment.WIRE -> TransactionCommand.Increment.decode(fields);
      case TransactionCommand.Append.WIRE -> {
        require(Capability.APPEND, type, spoken);
        yield TransactionCommand.Append.decode(fields);
      }
      case TransactionCommand.Timestamp.WIRE -> TransactionCommand.Timestamp.decode(fields);
      case TransactionCommand.HideValues.WIRE -> TransactionCommand.HideValues.decode(fields);
      case TransactionCommand.Rollback.WIRE -> TransactionCommand.Rollback.decode(fields);
      case TransactionCommand.CommitAsync.WIRE -> {
        require(Capability.ASYNC_COMMIT, type, spoken);
        yield TransactionCommand.CommitAsync.decode(fields);
      }
      case DictCommand.Hello.WIRE -> throw new DictProtocolException("HELLO came twice");
      default -> throw new DictProtocolException("There is no command " + shown(type));
    };
  }

  private static void require(Capability capability, char type, DictVersion spoken) {
    if (!spoken.has(capability)) {
      throw new DictProtocolException(
          "There is no command " + shown(type) + " in version " + spoken);
    }
  }

  /**
   * Whether the client speaks a version from the future, whose lines may have fields that are not
   * known yet.
   */
  private boolean isNewerThanKnown() {
    return hello != null && version != null && hello.minor() > version.minor();
  }

  private static String shown(char type) {
    return "'" + LogText.shorten(String.valueOf(type)) + "'";
  }

  private void reserve(int more) {
    if (bytes.length - end >= more) {
      return;
    }
    int held = end - start;
    int needed = Math.addExact(held, more);
    byte[] target = needed <= bytes.length ? bytes : new byte[Math.max(needed, 2 * bytes.length)];
    System.arraycopy(bytes, start, target, 0, held);
    bytes = target;
    scanned -= start;
    end = held;
    start = 0;
  }
}
