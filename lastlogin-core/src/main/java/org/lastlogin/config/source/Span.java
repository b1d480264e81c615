package org.lastlogin.config.source;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.Diagnostic.Severity;
import org.lastlogin.config.Origin;

/**
 * A stretch of a source file: where something is. Immutable.
 *
 * @param source the file
 * @param start the offset of the first character
 * @param end the offset after the last character
 */
public record Span(SourceFile source, int start, int end) implements Origin {
  private static final int SHORTEST_SECRET = 3;

  /** Returns the span that an origin is; {@code null} if it is not in a file that was parsed. */
  public static @Nullable Span of(Origin origin) {
    return origin instanceof Span span ? span : null;
  }

  @Override
  public String file() {
    return source.name();
  }

  /** The number of the line in which it begins. */
  @Override
  public int line() {
    return source.line(start);
  }

  @Override
  public int column() {
    return source.column(start);
  }

  @Override
  public Diagnostic diagnostic(Severity severity, String message) {
    return new Problem(severity, this, message, null, null).toDiagnostic();
  }

  /** Returns whether it begins before another one of the same file does. */
  public boolean isBefore(Span other) {
    return source == other.source && start < other.start;
  }

  /** Returns whether its beginning must not be shown. */
  public boolean isHidden() {
    return source.isHidden(start);
  }

  /** The parts of it that must not be shown, but for those too short to tell them from others. */
  List<String> secrets() {
    return source.hiddenParts(start, end).stream()
        .filter(part -> part.length() >= SHORTEST_SECRET)
        .toList();
  }

  /** Makes diagnostics show asterisks in its place. */
  public void hide() {
    source.hide(start, end);
  }
}
