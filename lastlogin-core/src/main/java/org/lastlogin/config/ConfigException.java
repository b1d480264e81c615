package org.lastlogin.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a configuration cannot be used: all mistakes in it, not just the first. Its message is their
 * {@linkplain Diagnostic#render() rendered} text and holds no password.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // Not serialized: the message says it all.
  private final transient List<Diagnostic> diagnostics;
  private final transient List<Diagnostic> warnings;

  ConfigException(List<Diagnostic> diagnostics) {
    this(diagnostics, List.of());
  }

  ConfigException(List<Diagnostic> diagnostics, List<Diagnostic> warnings) {
    super(diagnostics.stream().map(Diagnostic::render).collect(Collectors.joining("\n")));
    this.diagnostics = List.copyOf(diagnostics);
    this.warnings = List.copyOf(warnings);
  }

  /** All that several failures say, each thing once. */
  public static ConfigException joining(List<ConfigException> failures) {
    return new ConfigException(
        failures.stream().flatMap(failure -> failure.diagnostics.stream()).distinct().toList(),
        failures.stream().flatMap(failure -> failure.warnings.stream()).distinct().toList());
  }

  /** The mistakes, in the order in which they stand in each file; at least one. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /**
   * What is doubtful besides, but no mistake, in the order in which it stands in each file; the
   * message does not hold it.
   */
  public List<Diagnostic> warnings() {
    return warnings;
  }
}
