package org.lastlogin.dictproto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects lines as bytes. Not safe for use by several threads. */
final class FieldWriter {
  private static final byte ESCAPE = 0x01;
  private static final int INITIAL_CAPACITY = 256;

  /** A buffer that grew beyond this for one large reply is not kept for the next. */
  private static final int KEPT_CAPACITY = 16 * 1024;

  private byte[] bytes = new byte[INITIAL_CAPACITY];
  private int length;

  /** Writes one byte as it is. */
  FieldWriter raw(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
    return this;
  }

  /** Writes the TAB that separates two fields. */
  FieldWriter tab() {
    return raw('\t');
  }

  /** Ends the line. */
  void endLine() {
    raw('\n');
  }

  /** Writes a number in decimal digits. */
  FieldWriter number(long value) {
    if (value < 0) {
      return escaped(Long.toString(value));
    }
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    reserve(digits);
    long rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** Writes TAB and the user's name, where the version has it in the command. */
  FieldWriter user(DictVersion version, String username) {
    return version.has(Capability.USER_PER_COMMAND) ? tab().escaped(username) : this;
  }

  /** Writes text as UTF-8, escaped. */
  FieldWriter escaped(String text) {
    reserve(2 * text.length());
    int start = length;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length = start;
        return escaped(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      }
      put((byte) c);
    }
    return this;
  }

  /** Writes bytes, escaped. */
  FieldWriter escaped(ByteBuffer text) {
    reserve(2 * text.remaining());
    while (text.hasRemaining()) {
      put(text.get());
    }
    return this;
  }

  private void put(byte b) {
    byte code = b > '\r' || b < 0 ? 0 : escapeOf(b);
    if (code == 0) {
      bytes[length++] = b;
    } else {
      bytes[length++] = ESCAPE;
      bytes[length++] = code;
    }
  }

  private static byte escapeOf(byte b) {
    return switch (b) {
      case 0 -> '0';
      case ESCAPE -> '1';
      case '\t' -> 't';
      case '\r' -> 'r';
      case '\n' -> 'n';
      default -> 0;
    };
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
    }
  }

  /** How many bytes wait to be drained. */
  int length() {
    return length;
  }

  /** The bytes collected since the last call. They are valid until something is written again. */
  ByteBuffer drain() {
    ByteBuffer drained = ByteBuffer.wrap(bytes, 0, length);
    length = 0;
    if (bytes.length > KEPT_CAPACITY) {
      bytes = new byte[INITIAL_CAPACITY];
    }
    return drained;
  }
}
