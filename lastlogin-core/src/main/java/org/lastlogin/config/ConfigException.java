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

  ConfigException(List<Diagnostic> diagnostics) {
    super(diagnostics.stream().map(Diagnostic::render).collect(Collectors.joining("\n")));
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** The mistakes, in the order in which they stand in each file; at least one. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
