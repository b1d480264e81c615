package org.lastlogin.config.source;

/**
 * Makes text fit to be shown on a terminal: what would move its cursor, or change the order of its
 * characters, is replaced, one character by one, so that columns stay what they are.
 */
public final class Visible {
  private static final int MAX_LENGTH = 300;
  private static final int REPLACEMENT = 0xFFFD;

  /** Where the pictures of the control characters from 0 to 31 begin in Unicode. */
  private static final int PICTURES = 0x2400;

  private static final int DELETE = 0x7F;
  private static final int PICTURE_OF_DELETE = 0x2421;

  private Visible() {}

  /** A line of a file; tabs stay. */
  public static String line(String line) {
    if (line.codePoints().allMatch(Visible::isHarmless)) {
      return line;
    }
    StringBuilder out = new StringBuilder();
    line.codePoints()
        .map(character -> isHarmless(character) ? character : picture(character))
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** A part of a message, which may quote a file, and then is cut if it is too long. */
  static String message(String message) {
    if (message.length() <= MAX_LENGTH) {
      return line(message);
    }
    int half = MAX_LENGTH / 2;
    return line(message.substring(0, half) + "[...]" + message.substring(message.length() - half));
  }

  private static boolean isHarmless(int character) {
    return character == '\t'
        || switch (Character.getType(character)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }

  private static int picture(int control) {
    if (control < ' ') {
      return PICTURES + control;
    }
    return control == DELETE ? PICTURE_OF_DELETE : REPLACEMENT;
  }
}
