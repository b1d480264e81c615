package org.lastlogin.dictproto;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.lastlogin.dictproto.input.LogText;

/**
 * Reads the fields of a line in order, each with its name, so that an error can name it. {@link
 * #finish} ends the reading. Not safe for use by several threads; the line must not change while it
 * is read.
 */
final class FieldReader {
  static final long MAX_UINT32 = 0xFFFF_FFFFL;

  /** The character that Java decodes bytes to that are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private final LineBuffer line;
  private final int maxFields;
  private final Supplier<String> message;

  /** Where the line's LF is, and where the next field begins. */
  private int lineEnd;

  private int at;

  /** How many fields were read. */
  private int count;

  /**
   * A reader of the line that a buffer has.
   *
   * @param maxFields how many fields the line may have
   * @param message returns the kind of message that the line is, for errors
   */
  FieldReader(LineBuffer line, int maxFields, Supplier<String> message) {
    this.line = line;
    this.maxFields = maxFields;
    this.message = message;
  }

  /** Begins to read the line's fields. */
  void start() {
    lineEnd = line.lineEnd();
    at = line.lineStart();
    count = 0;
  }

  /** Returns whether there is another field; an empty one after a last TAB counts. */
  boolean hasNext() {
    return at <= lineEnd;
  }

  /** Reads the first byte of the next field and leaves the rest; returns -1 if it is empty. */
  int letter(String name) {
    requireField(name);
    byte b = line.bytes()[at];
    if (endsField(b)) {
      return -1;
    }
    at++;
    return b & 0xFF;
  }

  /** Reads the next field as text. */
  String text(String name) {
    requireField(name);
    byte[] bytes = line.bytes();
    int from = at;
    int to = from;
    long found;
    while ((found = ByteWords.unprintable(bytes, to)) == 0) {
      to += ByteWords.BYTES;
    }
    to += ByteWords.first(found);
    if (!endsField(bytes[to])) {
      return unusualText(name);
    }
    leaveField(to);
    return from == to ? "" : latin1(from, to);
  }

  private static boolean endsField(byte b) {
    return b == '\t' || b == '\n';
  }

  private int fieldEnd() {
    byte[] bytes = line.bytes();
    int end = at;
    while (!endsField(bytes[end])) {
      end++;
    }
    return end;
  }

  /** Reads the next field, which has other bytes than the printable ones of ASCII. */
  private String unusualText(String name) {
    int from = at;
    int to = fieldEnd();
    leaveField(to);
    byte[] plain = new byte[to - from];
    int length = Escapes.unescape(line.bytes(), from, to, plain);
    if (length < 0) {
      throw cutEscape(name);
    }
    return utf8(name, plain, length);
  }

  /** Reads the next field as the list of texts that was written into it. */
  List<String> list(String name) {
    List<String> texts = Escapes.splitList(text(name));
    if (texts == null) {
      throw cutEscape(name);
    }
    return texts;
  }

  /**
   * Reads the user's name if the version has it in the command and there is another field;
   * otherwise returns an empty one.
   */
  String user(DictVersion version) {
    return hasNext() && version.has(Capability.USER_PER_COMMAND) ? text("user name") : "";
  }

  /** Reads the next field as an unsigned number of 32 bits. */
  long uint32(String name) {
    return number(name, MAX_UINT32);
  }

  /** Reads the next field as a number from 0 to 2<sup>63</sup>-1. */
  long unsigned(String name) {
    return number(name, Long.MAX_VALUE);
  }

  /** Reads the next field as a signed number of 64 bits. */
  long signed(String name) {
    String text = text(name);
    // Java takes digits of any script, and a plus.
    boolean plain = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    try {
      if (plain) {
        return Long.parseLong(text);
      }
    } catch (NumberFormatException e) {
      // Thrown below.
    }
    throw broken(name, "is not a number of 64 bits", text);
  }

  /** Reads the next field as a number from 0 to a limit. */
  long number(String name, long max) {
    requireField(name);
    byte[] bytes = line.bytes();
    int from = at;
    int to = from;
    long number = 0;
    boolean fits = true;
    for (int digit; (digit = bytes[to] - '0') >= 0 && digit <= 9; to++) {
      // Dividing is slow, and nine digits fit whatever the limit.
      fits &= to - from < 9 || number <= (max - digit) / 10;
      number = number * 10 + digit;
    }
    if (from == to || !endsField(bytes[to]) || !fits || number > max) {
      throw broken(name, "is not a number from 0 to " + max, latin1(from, fieldEnd()));
    }
    leaveField(to);
    return number;
  }

  /** Skips the rest of the line. */
  void skip() {
    at = lineEnd + 1;
  }

  /** Ends the reading, and requires that there is no further field. */
  void finish() {
    if (hasNext()) {
      throw new DictProtocolException(
          message.get() + " has a field too many: " + LogText.shorten(latin1(at, lineEnd)));
    }
  }

  /** Returns the error about a field that was read. */
  DictProtocolException broken(String name, String what, String value) {
    return new DictProtocolException(
        message.get() + ": the " + name + " " + what + ": " + LogText.shorten(value));
  }

  private void requireField(String name) {
    if (!hasNext()) {
      throw new DictProtocolException(message.get() + ": the " + name + " is missing");
    }
  }

  private void leaveField(int fieldEnd) {
    at = fieldEnd + 1;
    if (++count > maxFields) {
      throw new DictProtocolException("A line has more than " + maxFields + " fields");
    }
  }

  private String latin1(int from, int to) {
    return new String(line.bytes(), from, to - from, StandardCharsets.ISO_8859_1);
  }

  private DictProtocolException cutEscape(String name) {
    return new DictProtocolException(
        message.get() + ": the " + name + " ends within an escape sequence");
  }

  private String utf8(String name, byte[] source, int length) {
    String text = new String(source, 0, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(source, length)) {
      throw broken(
          name, "is not UTF-8", new String(source, 0, length, StandardCharsets.ISO_8859_1));
    }
    return text;
  }

  private static boolean isUtf8(byte[] source, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
