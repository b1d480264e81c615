package org.lastlogin.config.source;

/** Measures how far lines are indented, which shows where a brace is missing. */
final class Indent {
  private Indent() {}

  /** Returns how many characters of white space the line begins with in which a span begins. */
  static int of(Span span) {
    return firstCharacter(span) - span.source().startOfLine(span.start());
  }

  /** Returns whether nothing but white space is before it in its line. */
  static boolean beginsLine(Span span) {
    return firstCharacter(span) == span.start();
  }

  private static int firstCharacter(Span span) {
    String text = span.source().text();
    int at = span.source().startOfLine(span.start());
    while (at < span.start() && Cursor.isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /**
   * The line before which a line is to be added that belongs before a given one: that line, or the
   * first of the comments and empty lines above it.
   */
  static Span lineToAddBefore(Span span) {
    SourceFile source = span.source();
    int start = source.startOfLine(span.start());
    while (start > 0 && saysNothing(source, source.startOfLine(start - 1))) {
      start = source.startOfLine(start - 1);
    }
    String text = source.text();
    int end = source.endOfLine(start);
    while (start < end && Cursor.isBlank(text.charAt(start))) {
      start++;
    }
    return new Span(source, start, end);
  }

  private static boolean saysNothing(SourceFile source, int start) {
    String line = source.text().substring(start, source.endOfLine(start)).strip();
    return line.isEmpty() || line.startsWith("#");
  }
}
