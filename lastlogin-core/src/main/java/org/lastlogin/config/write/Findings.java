package org.lastlogin.config.write;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.Diagnostic.Severity;
import org.lastlogin.config.Origin;
import org.lastlogin.config.source.Quoting;
import org.lastlogin.config.source.Span;

/**
 * Collects what the format that is being written cannot express; what is found twice in one place,
 * as for each of several servers, is reported once. Not safe for use by several threads.
 */
public final class Findings {
  private final String fileName;
  private final Set<Diagnostic> errors = new LinkedHashSet<>();
  private final Set<Diagnostic> warnings = new LinkedHashSet<>();

  /**
   * Creates an empty collection.
   *
   * @param fileName what to name where it is not known where something is
   */
  public Findings(String fileName) {
    this.fileName = fileName;
  }

  /** Adds what keeps the text from being written. */
  void error(@Nullable Span span, String message) {
    errors.add(diagnostic(Severity.ERROR, span, message));
  }

  /** Adds what is written as something else, or left out. */
  void warning(@Nullable Span span, String message) {
    warnings.add(diagnostic(Severity.WARNING, span, message));
  }

  private Diagnostic diagnostic(Severity severity, @Nullable Span span, String message) {
    Origin origin = span == null ? Origin.ofFile(fileName) : span;
    return origin.diagnostic(severity, message);
  }

  /** Adds an error if a text cannot be written. */
  void checkWritable(@Nullable Span span, String what, String text) {
    if (!Quoting.isWritable(text)) {
      error(span, what + " holds a line break or another control character: no format has these");
    }
  }

  public List<Diagnostic> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Ends the writing of what cannot be written.
   *
   * @throws ConfigException if there are errors
   */
  public void throwErrors() {
    if (!errors.isEmpty()) {
      throw ConfigException.of(errors);
    }
  }
}
