package org.lastlogin.config;

import java.util.Objects;
import java.util.Optional;

/**
 * One mistake, or one doubtful thing, in a configuration, and where it stands. Immutable. Passwords
 * never occur in it: in the source line, asterisks stand in their place.
 *
 * @param severity how bad it is
 * @param file the name of the file, as it was given or included
 * @param line the line, counted from 1; 0 if the file as a whole is meant
 * @param column the column in which the marked part begins, counted from 1 in Unicode characters
 *     (code points), a tab being one; 0 if the file as a whole is meant
 * @param length how many characters of the line are marked; at least 1, or 0 if the file as a whole
 *     is meant
 * @param message what is wrong, and what was expected
 * @param sourceLine the line as it stands in the file; empty if the file as a whole is meant
 * @param hint what to do about it
 * @param dovecot what Dovecot prints about it, word for word, if it does
 */
public record Diagnostic(
    Severity severity,
    String file,
    int line,
    int column,
    int length,
    String message,
    String sourceLine,
    Optional<String> hint,
    Optional<String> dovecot) {

  /** How bad it is. */
  public enum Severity {
    /** The configuration cannot be used. */
    ERROR("error"),
    /** The configuration can be used, but probably does not do what its author meant. */
    WARNING("warning");

    private final String label;

    Severity(String label) {
      this.label = label;
    }
  }

  public Diagnostic {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(sourceLine, "sourceLine");
    Objects.requireNonNull(hint, "hint");
    Objects.requireNonNull(dovecot, "dovecot");
  }

  /** What concerns a file as a whole. */
  static Diagnostic ofFile(Severity severity, String file, String message) {
    return new Diagnostic(severity, file, 0, 0, 0, message, "", Optional.empty(), Optional.empty());
  }

  /** The same with another hint. */
  Diagnostic withHint(Optional<String> text) {
    return new Diagnostic(severity, file, line, column, length, message, sourceLine, text, dovecot);
  }

  /**
   * The text to show: {@code file:line:column: error: message}, then the source line with carets
   * below the marked part, then the hint, then what Dovecot says. Lines are separated by LF; there
   * is none at the end.
   */
  public String render() {
    StringBuilder out = new StringBuilder(file);
    if (line > 0) {
      out.append(':').append(line).append(':').append(column);
    }
    out.append(": ").append(severity.label).append(": ").append(message);
    if (line > 0) {
      out.append("\n    ").append(sourceLine).append("\n    ");
      appendCarets(out);
    }
    hint.ifPresent(text -> out.append("\nhint: ").append(text));
    dovecot.ifPresent(text -> out.append("\nDovecot says: ").append(text));
    return out.toString();
  }

  private void appendCarets(StringBuilder out) {
    // Tabs are repeated, so that the caret stands below its character whatever a tab's width.
    sourceLine
        .codePoints()
        .limit(column - 1L)
        .forEach(character -> out.append(character == '\t' ? '\t' : ' '));
    out.append("^".repeat(length));
  }
}
