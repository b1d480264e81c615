package org.lastlogin.config;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reports why a configuration cannot be used: all errors in it, not just the first. Its message is
 * their {@linkplain Diagnostic#render() rendered} text and holds no password.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // Not serialized: the message says it all.
  private final transient List<Diagnostic> diagnostics;
  private final transient List<Diagnostic> warnings;

  private ConfigException(List<Diagnostic> diagnostics, List<Diagnostic> warnings) {
    super(diagnostics.stream().map(Diagnostic::render).collect(Collectors.joining("\n")));
    this.diagnostics = List.copyOf(diagnostics);
    this.warnings = List.copyOf(warnings);
  }

  /** Returns an exception for one error. */
  public static ConfigException of(Diagnostic error) {
    return new ConfigException(List.of(error), List.of());
  }

  /**
   * Returns an exception for several errors; each is reported once.
   *
   * @param errors the errors; at least one
   */
  public static ConfigException of(Collection<Diagnostic> errors) {
    return of(errors, List.of());
  }

  /**
   * Returns an exception for several errors, and the warnings of the same configuration.
   *
   * @param errors the errors; at least one
   */
  public static ConfigException of(Collection<Diagnostic> errors, List<Diagnostic> warnings) {
    if (errors.isEmpty()) {
      throw new IllegalArgumentException("There is no error");
    }
    return new ConfigException(errors.stream().distinct().toList(), warnings);
  }

  /** The errors, in the order of each file; at least one. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** The warnings besides, in the order of each file; the message does not contain them. */
  public List<Diagnostic> warnings() {
    return warnings;
  }
}
