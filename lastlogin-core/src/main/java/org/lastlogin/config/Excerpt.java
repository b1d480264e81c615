package org.lastlogin.config;

import java.util.stream.Collectors;

/**
 * A line with carets below a part of it. Of a long line, only what is around that part is shown.
 *
 * @param line the line
 * @param column where the marked part begins, counted from 1 in code points
 * @param length how many code points are marked
 */
record Excerpt(String line, int column, int length) {
  private static final int MAX_LENGTH = 240;

  /** How much of a long line is shown before the marked part. */
  private static final int BEFORE = 80;

  private static final String INDENT = "\n    ";
  private static final String CUT = "...";

  /** Two lines, each with a line feed before it. */
  String render() {
    int all = line.codePointCount(0, line.length());
    if (all <= MAX_LENGTH) {
      return INDENT + line + INDENT + blanks(line, column - 1) + "^".repeat(length);
    }
    int from = Math.max(0, Math.min(column - 1 - BEFORE, all - MAX_LENGTH));
    int to = Math.min(all, from + MAX_LENGTH);
    String shown = line.substring(line.offsetByCodePoints(0, from), line.offsetByCodePoints(0, to));
    String before = from > 0 ? CUT : "";
    String after = to < all ? CUT : "";
    int marked = Math.min(length, Math.max(1, to - (column - 1)));
    return INDENT
        + before
        + shown
        + after
        + INDENT
        + blanks(before + shown, before.length() + column - 1 - from)
        + "^".repeat(marked);
  }

  /** Tabs are repeated, so that the caret is below its character whatever a tab's width. */
  private static String blanks(String text, int count) {
    return text.codePoints()
        .limit(count)
        .mapToObj(character -> character == '\t' ? "\t" : " ")
        .collect(Collectors.joining());
  }
}
