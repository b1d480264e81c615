package org.lastlogin.dictproto;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one line, from the first to the last, each with its name so that a complaint
 * can say which one is wrong. Not safe for use by several threads; the line must not change while
 * it is read.
 */
final class FieldReader {
  private static final byte ESCAPE = 0x01;
  private static final long MAX_UINT32 = 0xFFFF_FFFFL;

  private byte[] bytes = {};
  private int at;
  private int end;

  /** Whether another field follows; an empty one behind a last TAB counts. */
  private boolean more;

  private String command = "";

  /** Begins to read the fields in {@code bytes[from..to)} of a command. */
  FieldReader reset(byte[] line, int from, int to) {
    this.bytes = line;
    this.at = from;
    this.end = to;
    this.more = true;
    return this;
  }

  /** States whose fields these are, for complaints. */
  void command(String name) {
    this.command = name;
  }

  /** Whether there is another field. */
  boolean hasNext() {
    return more;
  }

  /** The next field as text. */
  String text(String name) {
    requireField(name);
    int from = at;
    boolean escaped = false;
    boolean ascii = true;
    int i = from;
    for (; i < end; i++) {
      byte b = bytes[i];
      if (b == '\t') {
        break;
      }
      escaped |= b == ESCAPE;
      ascii &= b >= 0;
    }
    leaveField(i);
    if (escaped) {
      return unescape(name, from, i);
    }
    return ascii
        ? new String(bytes, from, i - from, StandardCharsets.ISO_8859_1)
        : utf8(name, bytes, from, i);
  }

  /**
   * The user's name, where the version has it in the command and the client gave it; otherwise
   * none.
   */
  String user(DictVersion version) {
    return more && version.has(Capability.USER_PER_COMMAND) ? text("user name") : "";
  }

  /** The next field as an unsigned number of 32 bits. */
  long uint32(String name) {
    return number(name, MAX_UINT32);
  }

  /** The next field as a number from 0 to 2<sup>63</sup>-1. */
  long unsigned(String name) {
    return number(name, Long.MAX_VALUE);
  }

  /** The next field as a signed number of 64 bits. */
  long signed(String name) {
    String text = text(name);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw broken(name, "is not a number of 64 bits", text);
    }
  }

  private long number(String name, long max) {
    requireField(name);
    int from = at;
    long number = 0;
    int i = from;
    boolean valid = true;
    for (; i < end && bytes[i] != '\t'; i++) {
      int digit = bytes[i] - '0';
      valid &= digit >= 0 && digit <= 9 && number <= (max - digit) / 10;
      number = number * 10 + digit;
    }
    leaveField(i);
    if (!valid || i == from) {
      String shown = new String(bytes, from, i - from, StandardCharsets.ISO_8859_1);
      throw broken(name, "is not a number from 0 to " + max, shown);
    }
    return number;
  }

  /** Ends the reading: there must be no further field. */
  void finish() {
    if (more) {
      throw new DictProtocolException(
          command
              + " has a field too many: "
              + LogText.shorten(new String(bytes, at, end - at, StandardCharsets.ISO_8859_1)));
    }
  }

  /** A complaint about a field that was read. */
  DictProtocolException broken(String name, String what, String value) {
    return new DictProtocolException(
        command + ": the " + name + " " + what + ": " + LogText.shorten(value));
  }

  private void requireField(String name) {
    if (!more) {
      throw new DictProtocolException(command + ": the " + name + " is missing");
    }
  }

  private void leaveField(int fieldEnd) {
    more = fieldEnd < end;
    at = fieldEnd + 1;
  }

  private String unescape(String name, int from, int to) {
    byte[] plain = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == ESCAPE) {
        if (++i == to) {
          throw new DictProtocolException(
              command + ": the " + name + " ends within an escape sequence");
        }
        b = unescaped(bytes[i]);
      }
      plain[length++] = b;
    }
    return utf8(name, plain, 0, length);
  }

  private static byte unescaped(byte b) {
    return switch (b) {
      case '0' -> 0;
      case '1' -> ESCAPE;
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'n' -> '\n';
      default -> b;
    };
  }

  private String utf8(String name, byte[] source, int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(source, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw broken(
          name, "is not UTF-8", new String(source, from, to - from, StandardCharsets.ISO_8859_1));
    }
  }
}
