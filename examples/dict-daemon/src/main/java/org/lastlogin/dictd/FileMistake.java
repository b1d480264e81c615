package org.lastlogin.dictd;

import java.util.Optional;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.Diagnostic.Severity;

/** Mistakes that concern a file as a whole. */
final class FileMistake {
  private FileMistake() {}

  /** One about which there is nothing more to say. */
  static Diagnostic of(String file, String message) {
    return of(file, message, Optional.empty());
  }

  /** One with a hint of what to do about it. */
  static Diagnostic of(String file, String message, String hint) {
    return of(file, message, Optional.of(hint));
  }

  private static Diagnostic of(String file, String message, Optional<String> hint) {
    return new Diagnostic(Severity.ERROR, file, 0, 0, 0, message, "", hint, Optional.empty());
  }
}
