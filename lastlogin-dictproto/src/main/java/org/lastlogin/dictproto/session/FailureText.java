package org.lastlogin.dictproto.session;

import java.util.List;
import java.util.concurrent.CompletionException;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.InvalidValueException;
import org.lastlogin.dictproto.Capability;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictVersion;

/** Words failures for the peer. */
final class FailureText {
  /** Enough for a reason; a thousand commands that fail must not fill the memory with theirs. */
  private static final int MAX_CHARACTERS = 300;

  private static final String CUT = "...";

  private FailureText() {}

  /** What went wrong, without the wrapping that a completion stage puts around it. */
  static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** A text as it is sent: not too long. */
  static String shorten(String text) {
    if (text.length() <= MAX_CHARACTERS) {
      return text;
    }
    int end = MAX_CHARACTERS - CUT.length();
    // Half of a surrogate pair is no text.
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
  }

  /**
   * Requires that values are not longer than an answer may be.
   *
   * @throws DictException if they are
   */
  static void requireFits(List<String> values, DictLimits limits) {
    long characters = values.stream().mapToLong(String::length).sum();
    if (characters > limits.replyBytes()) {
      throw new DictException("A value of " + characters + " characters is too long for an answer");
    }
  }

  /**
   * The text for a peer of a version. A dict's own failures speak for themselves; of any other,
   * which is a defect, the peer learns the kind alone, since its message might hold what the peer
   * must not see.
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
