package org.lastlogin.config;

import java.util.Objects;
import java.util.Optional;
import org.lastlogin.config.Diagnostic.Severity;

/**
 * An origin without a line: a file as a whole, or a value that a program made. Immutable.
 *
 * @param file the name of the file
 * @param subject what messages begin with, to say which part they are about; may be empty
 */
record FileOrigin(String file, String subject) implements Origin {
  FileOrigin {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(subject, "subject");
  }

  @Override
  public Diagnostic diagnostic(Severity severity, String message) {
    String text = subject.isEmpty() ? message : subject + ": " + message;
    return new Diagnostic(severity, file, 0, 0, 0, text, "", Optional.empty(), Optional.empty());
  }

  @Override
  public Origin part(String name) {
    return subject.isEmpty() ? new FileOrigin(file, name) : this;
  }
}
