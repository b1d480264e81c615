package org.lastlogin.config;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.Diagnostic.Severity;

/**
 * Collects what is wrong with a configuration. The diagnostics are made at the end, when all that
 * must not be shown is known. Not safe for use by several threads.
 */
final class Diagnostics {
  /** What is the same is said once, as where several dicts share a map. */
  private final Map<SourceFile, Set<Problem>> problems = new LinkedHashMap<>();

  void error(Span span, String message) {
    add(new Problem(Severity.ERROR, span, message, null, null));
  }

  void error(Span span, String message, @Nullable String hint) {
    add(new Problem(Severity.ERROR, span, message, hint, null));
  }

  /**
   * Adds a mistake about which it is known what Dovecot says.
   *
   * @param dovecot what Dovecot prints, word for word, so that it can be searched for; nothing if
   *     it passes over the mistake in silence
   */
  void error(Span span, String message, @Nullable String hint, @Nullable String dovecot) {
    add(new Problem(Severity.ERROR, span, message, hint, dovecot));
  }

  void warning(Span span, String message, @Nullable String hint) {
    add(new Problem(Severity.WARNING, span, message, hint, null));
  }

  /** Adds a doubtful thing about which it is known what Dovecot says. */
  void warning(Span span, String message, @Nullable String hint, @Nullable String dovecot) {
    add(new Problem(Severity.WARNING, span, message, hint, dovecot));
  }

  private void add(Problem problem) {
    problems.computeIfAbsent(problem.span.source(), source -> new LinkedHashSet<>()).add(problem);
  }

  /** A single diagnostic. */
  static Diagnostic single(Severity severity, Span span, String message) {
    return new Problem(severity, span, message, null, null).toDiagnostic();
  }

  /**
   * Ends the reading of what cannot be used.
   *
   * @throws ConfigException if there are mistakes
   */
  void throwErrors() {
    List<Diagnostic> errors = errors();
    if (!errors.isEmpty()) {
      throw new ConfigException(errors);
    }
  }

  /** The mistakes; those of each file in their order in it. */
  List<Diagnostic> errors() {
    return of(Severity.ERROR);
  }

  /** The doubtful things; those of each file in their order in it. */
  List<Diagnostic> warnings() {
    return of(Severity.WARNING);
  }

  private List<Diagnostic> of(Severity severity) {
    return problems.values().stream()
        .flatMap(inFile -> inFile.stream().sorted(Comparator.comparingInt(p -> p.span.start())))
        .filter(problem -> problem.severity == severity)
        .map(Problem::toDiagnostic)
        .toList();
  }

  /** What is wrong, and where. */
  private record Problem(
      Severity severity,
      Span span,
      String message,
      @Nullable String hint,
      @Nullable String dovecot) {

    Diagnostic toDiagnostic() {
      SourceFile source = span.source();
      int line = span.line();
      // What spans several lines is marked in the first alone.
      int end = Math.min(span.end(), source.endOfLine(span.start()));
      int length = end > span.start() ? source.column(end) - source.column(span.start()) : 1;
      return new Diagnostic(
          severity,
          source.name(),
          line,
          source.column(span.start()),
          length,
          message,
          source.shownLine(line),
          Optional.ofNullable(hint),
          Optional.ofNullable(dovecot));
    }
  }
}
