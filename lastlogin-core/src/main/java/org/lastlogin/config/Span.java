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

  /** Makes diagnostics show asterisks in its place. */
  void hide() {
    source.hide(start, end);
  }
}
