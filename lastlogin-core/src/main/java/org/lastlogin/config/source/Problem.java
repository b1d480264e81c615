package org.lastlogin.config.source;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.Diagnostic.Severity;
import org.lastlogin.config.words.Secrets;

/** An error or warning about a configuration before it is known which text is secret. Immutable. */
record Problem(
    Severity severity, Span span, String message, @Nullable String hint, @Nullable String dovecot) {

  Problem {
    message = Visible.message(message);
    hint = hint == null ? null : Visible.message(hint);
    dovecot = dovecot == null ? null : Visible.message(dovecot);
  }

  /**
   * Returns a problem about which it is known what Dovecot prints. If that quotes a text that may
   * hold a secret, the text is hidden where it is, too.
   */
  static Problem of(
      Severity severity,
      Span span,
      String message,
      @Nullable String hint,
      @Nullable String dovecot) {
    boolean secret = dovecot != null && Secrets.mayQuoteSecret(dovecot);
    if (secret) {
      span.hide();
    }
    return new Problem(severity, span, message, hint, secret ? null : dovecot);
  }

  /** Returns the diagnostic to show; what is hidden in the file is hidden in the message, too. */
  Diagnostic toDiagnostic() {
    List<String> secrets = span.secrets();
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
        masked(message, secrets),
        source.shownLine(line),
        Optional.ofNullable(hint).map(text -> masked(text, secrets)),
        Optional.ofNullable(dovecot).filter(text -> secrets.stream().noneMatch(text::contains)));
  }

  private static String masked(String text, List<String> secrets) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, "*".repeat(secret.codePointCount(0, secret.length())));
    }
    return masked;
  }
}
