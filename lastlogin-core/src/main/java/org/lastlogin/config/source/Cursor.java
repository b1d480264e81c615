package org.lastlogin.config.source;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a file that moves forward, and knows where lines end, go on, and are cut off by
 * comments. Not safe for use by several threads.
 *
 * <p>A line that ends with a backslash goes on in the next one that is neither blank nor a comment,
 * without the white space that this begins with.
 */
public final class Cursor {
  /** A line that cannot be the rest of a value: the first or last line of a section. */
  private static final Pattern EDGE_OF_SECTION =
      Pattern.compile(
          "[A-Za-z_]\\w*+(?:\\s++[^\\s={}]++)?+\\s*+\\{\\s*+(?:#.*+)?+|}\\s*+(?:#.*+)?+");

  private final SourceFile source;
  private final String text;
  private final Diagnostics diagnostics;
  private int at;

  /** Creates a cursor at the start of a file. */
  public Cursor(SourceFile source, Diagnostics diagnostics) {
    this.source = source;
    this.text = source.text();
    this.diagnostics = diagnostics;
    if (text.startsWith("\uFEFF")) {
      at = 1; // The byte order mark that some editors leave is not part of the text.
    }
  }

  /** The offset of the next character. */
  public int at() {
    return at;
  }

  public boolean isAtEnd() {
    return at == text.length();
  }

  /** The next character; there must be one. */
  public char peek() {
    return text.charAt(at);
  }

  public boolean isAt(String string) {
    return text.startsWith(string, at);
  }

  /** Returns whether nothing of the line is left. */
  public boolean isAtEndOfLine() {
    return isEndOfLine(at);
  }

  /** Returns whether the next character is a backslash that continues the line. */
  public boolean isAtJoin() {
    return isJoin(at);
  }

  public void moveTo(int offset) {
    at = offset;
  }

  /** Moves forward to an offset, and copies what is before it. */
  public void copyTo(int end, Text.Builder out) {
    while (at < end) {
      out.append(text.charAt(at), at);
      at++;
    }
  }

  /**
   * Returns what is left of the line, comments included, but for the white space that it begins
   * with.
   */
  public Span restOfLine() {
    skipBlanks();
    return new Span(source, at, source.endOfLine(at));
  }

  /** Leaves out what is left of the line, up to its end. */
  public void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  public static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  /** Returns whether an offset is at the end of its line. */
  public boolean isEndOfLine(int index) {
    return index >= text.length()
        || text.charAt(index) == '\n'
        || (text.charAt(index) == '\r'
            && (index + 1 == text.length() || text.charAt(index + 1) == '\n'));
  }

  /** Moves past white space, and to the line in which this one goes on. */
  public void skipBlanks() {
    while (at < text.length()) {
      if (isJoin(at)) {
        if (!join()) {
          return;
        }
      } else if (isBlank(text.charAt(at))) {
        at++;
      } else {
        return;
      }
    }
  }

  /** Moves to the end of the line if a comment begins here. */
  public void skipComment() {
    if (at < text.length() && text.charAt(at) == '#') {
      source.comment(at);
      skipLine();
    }
  }

  /** Returns whether there is a backslash here with only white space after it in its line. */
  public boolean isJoin(int index) {
    if (text.charAt(index) != '\\') {
      return false;
    }
    int end = index + 1;
    while (end < text.length() && isBlank(text.charAt(end))) {
      end++;
    }
    return isEndOfLine(end);
  }

  /**
   * Goes on in the next line that is neither blank nor a comment. If this line begins or ends a
   * section, the backslash is an error: then it stays at the end of the line before it.
   *
   * @return whether what was begun goes on
   */
  public boolean join() {
    int backslash = at;
    skipLine();
    while (at < text.length()) {
      int lineEnd = at;
      at++;
      while (at < text.length() && isBlank(text.charAt(at))) {
        at++;
      }
      if (isEndOfLine(at) || text.charAt(at) == '#') {
        skipComment();
        skipLine();
        continue;
      }
      Optional<Span> swallowed = swallowedEdge();
      swallowed.ifPresent(span -> explainSwallowed(span, backslash));
      if (swallowed.isPresent()) {
        at = lineEnd;
      }
      return swallowed.isEmpty();
    }
    return true;
  }

  private Optional<Span> swallowedEdge() {
    Span line = new Span(source, at, source.endOfLine(at));
    return EDGE_OF_SECTION.matcher(text.substring(line.start(), line.end())).matches()
        ? Optional.of(line)
        : Optional.empty();
  }

  private void explainSwallowed(Span line, int backslash) {
    boolean opens = !source.text().startsWith("}", line.start());
    diagnostics.error(
        line,
        "The backslash at the end of line "
            + source.line(backslash)
            + " makes this line a part of that one, so no section "
            + (opens ? "begins" : "ends")
            + " here",
        "Remove that backslash; comments and blank lines do not end what it continues.",
        opens ? "Unknown setting: pattern" : null);
  }
}
