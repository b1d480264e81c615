package org.lastlogin.dictproto.input;

/** Prepares text that contains input of a peer for the log: shortens it, and escapes controls. */
public final class LogText {
  private static final int FIELD_CHARACTERS = 60;
  private static final int MESSAGE_CHARACTERS = 500;

  private LogText() {}

  /** Returns a field of a command, cut if long, with nothing that could forge another log line. */
  public static String shorten(String field) {
    return clean(field, FIELD_CHARACTERS);
  }

  /** Returns a message that may quote such fields, likewise. */
  public static String message(String message) {
    return clean(message, MESSAGE_CHARACTERS);
  }

  private static String clean(String text, int characters) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < characters; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        shown.append(String.format("\\x%02x", (int) c));
      } else {
        shown.append(c);
      }
    }
    return text.length() > characters ? shown + "..." : shown.toString();
  }
}
