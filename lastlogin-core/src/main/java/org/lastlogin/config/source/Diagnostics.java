package org.lastlogin.config.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.Diagnostic.Severity;
import org.lastlogin.config.Origin;

/**
 * Collects what is wrong with a configuration. The diagnostics are made at the end, when all that
 * must not be shown is known. Not safe for use by several threads.
 */
public final class Diagnostics {
  /**
   * How many of each severity are shown; more would not be read, and a broken file has millions.
   */
  public static final int MAX_SHOWN = 100;

  /** How many of each severity are kept, to show those that come first in their file. */
  private static final int MAX_KEPT = 10 * MAX_SHOWN;

  private final Found errors = new Found();
  private final Found warnings = new Found();

  public void error(Span span, String message) {
    error(span, message, null, null);
  }

  public void error(Span span, String message, @Nullable String hint) {
    error(span, message, hint, null);
  }

  /**
   * Adds an error about which it is known what Dovecot prints.
   *
   * @param dovecot what Dovecot prints, word for word, so that it can be searched for; nothing if
   *     it ignores the error
   */
  public void error(Span span, String message, @Nullable String hint, @Nullable String dovecot) {
    errors.add(Problem.of(Severity.ERROR, span, message, hint, dovecot));
  }

  public void warning(Span span, String message, @Nullable String hint) {
    warning(span, message, hint, null);
  }

  /** Adds a warning about which it is known what Dovecot prints. */
  public void warning(Span span, String message, @Nullable String hint, @Nullable String dovecot) {
    warnings.add(Problem.of(Severity.WARNING, span, message, hint, dovecot));
  }

  /** Adds all that others have collected. */
  public void addAll(Diagnostics others) {
    errors.addAll(others.errors);
    warnings.addAll(others.warnings);
  }

  /** Returns whether there are so many errors that reading should stop. */
  public boolean isFull() {
    return errors.all >= MAX_KEPT;
  }

  /**
   * Ends the reading of what cannot be used.
   *
   * @throws ConfigException if there are errors
   */
  public void throwErrors() {
    List<Diagnostic> errors = errors();
    if (!errors.isEmpty()) {
      throw ConfigException.of(errors, warnings());
    }
  }

  /** The errors; those of each file in their order in it. */
  List<Diagnostic> errors() {
    return errors.toDiagnostics("errors");
  }

  /** The warnings; those of each file in their order in it. */
  public List<Diagnostic> warnings() {
    return warnings.toDiagnostics("warnings");
  }

  /** The problems of one severity. */
  private static final class Found {
    /** Sets: where several dicts share a map, its problems are reported once. */
    private final Map<SourceFile, Set<Problem>> problems = new LinkedHashMap<>();

    private int all;

    /** Counts one more, and keeps it if there is room. */
    void add(Problem problem) {
      all++;
      if (all > MAX_KEPT) {
        return;
      }
      Set<Problem> inFile =
          problems.computeIfAbsent(problem.span().source(), source -> new LinkedHashSet<>());
      if (!inFile.add(problem)) {
        all--;
      }
    }

    void addAll(Found others) {
      int kept = 0;
      for (Set<Problem> inFile : others.problems.values()) {
        inFile.forEach(this::add);
        kept += inFile.size();
      }
      all += others.all - kept;
    }

    List<Diagnostic> toDiagnostics(String plural) {
      List<Diagnostic> diagnostics = new ArrayList<>();
      problems.values().stream()
          .flatMap(list -> list.stream().sorted(Comparator.comparingInt(p -> p.span().start())))
          .limit(MAX_SHOWN)
          .map(Problem::toDiagnostic)
          .forEach(diagnostics::add);
      if (all > MAX_SHOWN) {
        Diagnostic last = diagnostics.get(diagnostics.size() - 1);
        diagnostics.add(
            Origin.ofFile(last.file())
                .diagnostic(
                    last.severity(),
                    "There are "
                        + (all < MAX_KEPT ? "" : "at least ")
                        + (all - MAX_SHOWN)
                        + " more "
                        + plural
                        + ", which are not shown"));
      }
      return List.copyOf(diagnostics);
    }
  }
}
