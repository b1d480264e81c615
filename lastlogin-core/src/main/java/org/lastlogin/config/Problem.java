package org.lastlogin.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.Diagnostic.Severity;

/**
 * What is wrong with a configuration, and where, before it is known what of it may be shown.
 * Immutable.
 */
record Problem(
    Severity severity, Span span, String message, @Nullable String hint, @Nullable String dovecot) {

  Problem {
    message = Visible.message(message);
    hint = hint == null ? null : Visible.message(hint);
    dovecot = dovecot == null ? null : Visible.message(dovecot);
  }

  /** The diagnostic to show. */
  Diagnostic toDiagnostic() {
    SourceFile source = span.source();
    int line = span.line();
    int column = source.column(span.start());
    // What spans several lines is marked in the first alone.
    int end = Math.min(span.end(), source.endOfLine(span.start()));
    int length = end > span.start() ? source.column(end) - column : 1;
    return new Diagnostic(
        severity,
        source.name(),
        line,
        column,
        length,
        message,
        source.shownLine(line),
        Optional.ofNullable(hint),
        Optional.ofNullable(dovecot));
  }
}
