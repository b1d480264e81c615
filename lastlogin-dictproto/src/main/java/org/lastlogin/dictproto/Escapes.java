package org.lastlogin.dictproto;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Escapes the bytes that have a meaning in a line, so that a field may contain them. */
final class Escapes {
  static final byte ESCAPE = 0x01;

  private Escapes() {}

  /** Returns the byte that represents another after 0x01; 0 if the other needs no escape. */
  static byte codeOf(byte plain) {
    return switch (plain) {
      case 0 -> '0';
      case ESCAPE -> '1';
      case '\t' -> 't';
      case '\r' -> 'r';
      case '\n' -> 'n';
      default -> 0;
    };
  }

  private static byte plainOf(byte code) {
    return switch (code) {
      case '0' -> 0;
      case '1' -> ESCAPE;
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'n' -> '\n';
      default -> code;
    };
  }

  /**
   * Unescapes {@code bytes[from..to)} into an array that is long enough.
   *
   * @return how many bytes that are; -1 if the last byte is a lone 0x01
   */
  static int unescape(byte[] bytes, int from, int to, byte[] plain) {
    int length = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == ESCAPE) {
        if (++i == to) {
          return -1;
        }
        b = plainOf(bytes[i]);
      }
      plain[length++] = b;
    }
    return length;
  }

  /**
   * Splits a list that was written into one field: texts separated by TAB, each escaped once more.
   *
   * @return {@code null} if one of them ends within an escape sequence
   */
  static @Nullable List<String> splitList(String list) {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '\t') {
        texts.add(text.toString());
        text.setLength(0);
      } else if (c != ESCAPE) {
        text.append(c);
      } else if (++i == list.length()) {
        return null;
      } else {
        char code = list.charAt(i);
        text.append(code < 0x80 ? (char) plainOf((byte) code) : code);
      }
    }
    texts.add(text.toString());
    return texts;
  }
}
