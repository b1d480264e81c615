package org.lastlogin.dictproto.session;

import java.util.concurrent.CompletionException;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.InvalidValueException;
import org.lastlogin.dictproto.Capability;
import org.lastlogin.dictproto.DictVersion;

/**
 * Turns failures into texts for the client. The text of an invalid value depends on the version,
 * because Dovecot 2.3.14 changed it: clients of major version 2 get the old one, which Dovecot
 * 2.3.13 sends.
 */
final class FailureText {
  /** Enough for a reason; the texts of a thousand failed commands must not fill the memory. */
  private static final int MAX_CHARACTERS = 300;

  private static final String CUT = "...";

  private FailureText() {}

  /** Returns the cause of a failure, without the exceptions in which completion stages wrap it. */
  static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Returns a text, cut if it is too long to be sent. */
  static String shorten(String text) {
    if (text.length() <= MAX_CHARACTERS) {
      return text;
    }
    int end = MAX_CHARACTERS - CUT.length();
    // Half of a surrogate pair cannot be encoded.
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
  }

  /**
   * Returns the text for a client of a version. A dict's own failures have a message for clients.
   * Any other failure is a defect, whose text names its class alone: its message might contain
   * secrets.
   */
  static String of(Throwable failure, DictVersion version) {
    if (failure instanceof InvalidValueException invalid
        && !version.has(Capability.SEVERAL_ROW_VALUES)) {
      // Dovecot words this differently for its older clients; administrators search for these
      // texts.
      return "dict-sql: Failed to set "
          + invalid.key()
          + "="
          + invalid.value()
          + ": "
          + invalid.reason();
    }
    return failure instanceof DictException
        ? String.valueOf(failure.getMessage())
        : "Internal error (" + failure.getClass().getSimpleName() + "); the server's log has more";
  }
}
