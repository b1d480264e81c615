package org.lastlogin.config;

/**
 * A stretch of a source file: where something stands. Immutable.
 *
 * @param source the file
 * @param start the offset of the first character
 * @param end the offset behind the last character
 */
record Span(SourceFile source, int start, int end) {

  /** The number of the line in which it begins. */
  int line() {
    return source.line(start);
  }

  /** Whether it begins before another one of the same file does. */
  boolean isBefore(Span other) {
    return source == other.source && start < other.start;
  }

  /** Whether its beginning must not be shown. */
  boolean isHidden() {
    return source.isHidden(start);
  }

  /** Makes diagnostics show asterisks in its place. */
  void hide() {
    source.hide(start, end);
  }
}
