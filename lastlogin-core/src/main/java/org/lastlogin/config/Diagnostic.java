package org.lastlogin.config;

import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import org.lastlogin.config.words.Suggestions;

/**
 * An error or a warning about a configuration, and where it is. Immutable. Passwords never occur in
 * it: in the source line, asterisks replace them.
 *
 * @param severity how bad it is
 * @param file the name of the file, as it was given or included
 * @param line the line, counted from 1; 0 if the file as a whole is meant
 * @param column the column in which the marked part begins, counted from 1 in Unicode characters
 *     (code points), a tab being one; 0 if the file as a whole is meant
 * @param length how many characters of the line are marked; at least 1, or 0 if the file as a whole
 *     is meant
 * @param message what is wrong, and what was expected
 * @param sourceLine the line as it is in the file, with pictures of the control characters in their
 *     place; empty if the file as a whole is meant
 * @param hint what to do about it
 * @param dovecot what Dovecot prints about it, word for word, after the name of the file and the
 *     number of the line, if it prints anything
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

  /** The severity of a diagnostic. */
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

  /**
   * Returns an error that points at an origin.
   *
   * @param message what is wrong, and what was expected; must not hold a password
   */
  public static Diagnostic error(Origin origin, String message) {
    return origin.diagnostic(Severity.ERROR, message);
  }

  /**
   * Returns a warning that points at an origin.
   *
   * @param message what is probably not meant, or done instead; must not hold a password
   */
  public static Diagnostic warning(Origin origin, String message) {
    return origin.diagnostic(Severity.WARNING, message);
  }

  /** Returns the same with a hint. */
  public Diagnostic withHint(String text) {
    return new Diagnostic(
        severity, file, line, column, length, message, sourceLine, Optional.of(text), dovecot);
  }

  /**
   * Returns the same with the hint "Did you mean ...?" if one of some words is close to another.
   *
   * @param word the word that is wrong
   * @param known the words that are known
   */
  public Diagnostic withSuggestion(String word, Collection<String> known) {
    return Suggestions.didYouMean(word, known).map(this::withHint).orElse(this);
  }

  /**
   * The text to show: {@code file:line:column: error: message}, then the source line, or the part
   * of a long one that matters, with carets below the marked part, then the hint, then what Dovecot
   * says. Lines are separated by LF; there is none at the end.
   */
  public String render() {
    StringBuilder out = new StringBuilder(file);
    if (line > 0) {
      out.append(':').append(line).append(':').append(column);
    }
    out.append(": ").append(severity.label).append(": ").append(message);
    if (line > 0) {
      out.append(new Excerpt(sourceLine, column, length).render());
    }
    hint.ifPresent(text -> out.append("\nhint: ").append(text));
    dovecot.ifPresent(text -> out.append("\nDovecot says: ").append(text));
    return out.toString();
  }
}
