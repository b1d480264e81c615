package org.lastlogin.dictproto;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a peer into lines and decodes each. A line that cannot be decoded ends the
 * decoding: the failure is kept, and thrown again by every later call of {@link #next}.
 *
 * <p>A line is scanned twice, for its LF and for its fields. A list of where fields end would cost
 * more, and would need a limit. So a line that is too long is rejected for its length, whatever its
 * fields. Not safe for use by several threads.
 *
 * @param <M> the messages that it decodes
 */
abstract sealed class LineDecoder<M> permits DictCommandDecoder, DictReplyDecoder {
  final LineBuffer lines;
  final FieldReader fields;

  private @Nullable DictProtocolException failure;

  /**
   * A decoder without bytes.
   *
   * @param maxLineBytes how long a line may be, without its LF
   * @param maxFields how many fields a line may have
   */
  LineDecoder(int maxLineBytes, int maxFields) {
    this.lines = new LineBuffer(maxLineBytes);
    this.fields = new FieldReader(lines, maxFields, this::messageName);
  }

  /** Takes all remaining bytes of a buffer. */
  public final void feed(ByteBuffer more) {
    if (failure == null) {
      lines.feed(more);
    } else {
      more.position(more.limit());
    }
  }

  /** Takes all bytes of an array. */
  public final void feed(byte[] more) {
    feed(more, 0, more.length);
  }

  /**
   * Takes a part of an array.
   *
   * @throws IndexOutOfBoundsException if the array has no such part
   */
  public final void feed(byte[] more, int from, int count) {
    Objects.checkFromIndexSize(from, count, more.length);
    if (failure == null) {
      lines.feed(more, from, count);
    }
  }

  /**
   * Returns the next message, or {@code null} if it needs more bytes.
   *
   * @throws DictProtocolException if the line is malformed or too long, or the peer may not send
   *     this message now
   */
  public final @Nullable M next() {
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

  /** Decodes the line that the buffer is at. */
  abstract M decode();

  /** Returns what kind of message the line is, for errors. */
  abstract String messageName();
}
