package org.lastlogin.dictd;

import java.util.Optional;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.Diagnostic.Severity;

/** Creates diagnostics of errors that concern a file as a whole. */
final class FileError {
  private FileError() {}

  /** Returns an error without a hint. */
  static Diagnostic of(String file, String message) {
    return of(file, message, Optional.empty());
  }

  /** Returns an error with a hint. */
  static Diagnostic of(String file, String message, String hint) {
    return of(file, message, Optional.of(hint));
  }

  private static Diagnostic of(String file, String message, Optional<String> hint) {
    return new Diagnostic(Severity.ERROR, file, 0, 0, 0, message, "", hint, Optional.empty());
  }
}
