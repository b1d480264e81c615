package org.lastlogin.dictproto;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects lines as bytes. A line that turns out to be impossible is {@linkplain #undoLine
 * removed}. Not safe for use by several threads.
 */
final class FieldWriter {
  private static final int INITIAL_CAPACITY = 256;

  /**
   * The bytes that are free where a line begins and after every text: enough for all letters,
   * numbers and separators up to the next text or the line's end, which are written without a
   * check.
   */
  static final int ROOM = 3 * (1 + Decimal.MAX_BYTES) + 2 * TimeText.MAX_BYTES;

  /** A buffer that grew beyond this for one large reply is not kept for the next. */
  private static final int KEPT_CAPACITY = 16 * 1024;

  /** A character becomes three bytes of UTF-8 at most, or two of an escape sequence. */
  private static final int MAX_BYTES_PER_CHAR = 3;

  private final DictVersion version;
  private final int maxLineBytes;
  private final TimeText starts = new TimeText();
  private final TimeText ends = new TimeText();

  private byte[] bytes = new byte[INITIAL_CAPACITY];
  private int length;
  private int lineStart;

  /**
   * A writer of lines that a peer of a version reads.
   *
   * @param maxLineBytes how long a line may be; a longer text is rejected before it is encoded
   */
  FieldWriter(DictVersion version, int maxLineBytes) {
    this.version = version;
    this.maxLineBytes = maxLineBytes;
  }

  /** Writes one byte as it is. */
  FieldWriter raw(char c) {
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
    lineStart = length;
    reserve(0);
  }

  /** Removes what was written of the line. */
  void undoLine() {
    length = lineStart;
    dropLargeBuffer();
  }

  /** Returns how long the line is so far. */
  int lineLength() {
    return length - lineStart;
  }

  /**
   * Writes a number of 32 bits without a sign.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  FieldWriter uint32(String name, long value) {
    if (value < 0 || value > FieldReader.MAX_UINT32) {
      throw new IllegalArgumentException(
          "The " + name + " is not a number from 0 to 4294967295: " + value);
    }
    return number(value);
  }

  /**
   * Writes a number from 0 to 2<sup>63</sup>-1.
   *
   * @throws IllegalArgumentException if it is negative
   */
  FieldWriter unsigned(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("The " + name + " is negative: " + value);
    }
    return number(value);
  }

  /** Writes a number in decimal digits. */
  FieldWriter number(long value) {
    length = Decimal.write(value, bytes, length);
    return this;
  }

  /** Writes two times, as most replies end with them. */
  FieldWriter times(long start, long end) {
    length = ends.write(end, bytes, starts.write(start, bytes, length));
    return this;
  }

  /** Writes TAB and the user's name, where the version has it in the command. */
  FieldWriter user(String username) {
    if (version.has(Capability.USER_PER_COMMAND)) {
      return tab().escaped(username);
    }
    if (!username.isEmpty()) {
      throw new IllegalArgumentException(
          "In version " + version + " the user name is in HELLO, not in a command");
    }
    return this;
  }

  /**
   * Writes text as UTF-8, escaped.
   *
   * @throws IllegalArgumentException if it does not fit into the line, or if the peer would read
   *     something else: the text has half of a surrogate pair, or the version cannot express NUL
   *     and it has that
   */
  FieldWriter escaped(String text) {
    if (text.length() > maxLineBytes) {
      throw new IllegalArgumentException(
          "A text of "
              + text.length()
              + " characters is too long for a line, which has up to "
              + maxLineBytes
              + " bytes");
    }
    reserve(MAX_BYTES_PER_CHAR * text.length());
    for (int i = putPrintable(text); i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        put((byte) c);
      } else if (Character.isSurrogate(c)) {
        putSupplementary(text, i++);
      } else {
        putWide(c);
      }
    }
    return this;
  }

  /** Writes the text's first characters that need no escape; returns how many they are. */
  private int putPrintable(String text) {
    byte[] into = bytes;
    int at = length;
    int count = 0;
    for (; count < text.length(); count++) {
      char c = text.charAt(count);
      if (c < ' ' || c >= 0x80) {
        break;
      }
      into[at + count] = (byte) c;
    }
    length = at + count;
    return count;
  }

  /** Writes what another writer has collected, escaped once more. */
  FieldWriter escaped(FieldWriter list) {
    reserve(2 * list.length);
    for (int i = 0; i < list.length; i++) {
      put(list.bytes[i]);
    }
    return this;
  }

  private void put(byte b) {
    byte code = b > '\r' || b < 0 ? 0 : Escapes.codeOf(b);
    if (code == 0) {
      bytes[length++] = b;
    } else {
      putUnusual(b, code);
    }
  }

  private void putUnusual(byte plain, byte code) {
    boolean old = !version.has(Capability.ALL_ESCAPES);
    if (old && plain == '\r') {
      bytes[length++] = plain;
      return;
    }
    if (old && plain == 0) {
      throw new IllegalArgumentException("Version " + version + " cannot express NUL in a text");
    }
    bytes[length++] = Escapes.ESCAPE;
    bytes[length++] = code;
  }

  private void putWide(char c) {
    if (c < 0x800) {
      bytes[length++] = (byte) (0xC0 | (c >> 6));
    } else {
      bytes[length++] = (byte) (0xE0 | (c >> 12));
      bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
    }
    bytes[length++] = (byte) (0x80 | (c & 0x3F));
  }

  private void putSupplementary(String text, int at) {
    int codePoint = text.codePointAt(at);
    if (!Character.isSupplementaryCodePoint(codePoint)) {
      throw new IllegalArgumentException(
          "The text has half of a surrogate pair, at index " + at + ", which is not Unicode text");
    }
    bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
    bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
    bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
    bytes[length++] = (byte) (0x80 | (codePoint & 0x3F));
  }

  /** Reserves room for a text, and {@link #ROOM} after it. */
  private void reserve(int text) {
    int more = Math.addExact(text, ROOM);
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
    }
  }

  /** Returns how many bytes wait to be drained. */
  int length() {
    return length;
  }

  /** Returns the bytes since the last call. They are valid until the next write. */
  ByteBuffer drain() {
    ByteBuffer drained = ByteBuffer.wrap(bytes, 0, length);
    length = 0;
    lineStart = 0;
    dropLargeBuffer();
    return drained;
  }

  private void dropLargeBuffer() {
    if (length == 0 && bytes.length > KEPT_CAPACITY) {
      bytes = new byte[INITIAL_CAPACITY];
    }
  }
}
