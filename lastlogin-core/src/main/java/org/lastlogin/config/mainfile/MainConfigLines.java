package org.lastlogin.config.mainfile;

import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Quoting;
import org.lastlogin.config.source.SourceFile;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.Secrets;

/**
 * Cuts a main configuration into what Dovecot takes for a line: without comments, without white
 * space around it, and with the lines in which it goes on. Not safe for use by several threads.
 *
 * <p>A comment begins with {@code #} outside of quotes, wherever in a word. A line that ends with a
 * backslash goes on in the next one; if that is blank or a comment, Dovecot forgets what was begun,
 * and a warning says so. In map files the line goes on after the comment.
 */
final class MainConfigLines {
  private final SourceFile source;
  private final String text;
  private final Diagnostics diagnostics;
  private int at;

  MainConfigLines(SourceFile source, Diagnostics diagnostics) {
    this.source = source;
    this.text = source.text();
    this.diagnostics = diagnostics;
    if (text.startsWith("\uFEFF")) {
      at = 1; // The byte order mark that some editors leave is not part of the text.
    }
  }

  /** The next line that is not empty, or {@code null} at the end of the file. */
  @Nullable Text next() {
    Text.Builder out = new Text.Builder(source);
    while (at < text.length()) {
      int lineEnd = source.endOfLine(at);
      int start = skipBlanks(at, lineEnd);
      int end = stripEnd(start, endOfText(start, lineEnd));
      at = nextLine(lineEnd);
      if (end == start) {
        reportForgotten(out, start);
        out = new Text.Builder(source);
      } else if (text.charAt(end - 1) != '\\') {
        append(start, end, out);
        return out.build(end);
      } else {
        int last = stripEnd(start, end - 1);
        append(start, last, out);
        if (last > start) {
          out.append(' ', last);
        }
      }
    }
    return out.isEmpty() ? null : out.build(text.length()).strip();
  }

  /** Returns where the file ends. */
  Span end() {
    int last = text.endsWith("\n") ? text.length() - 1 : text.length();
    return new Span(source, last, last);
  }

  private int nextLine(int lineEnd) {
    int feed = text.indexOf('\n', lineEnd);
    return feed < 0 ? text.length() : feed + 1;
  }

  private void append(int from, int to, Text.Builder out) {
    for (int i = from; i < to; i++) {
      out.append(text.charAt(i), i);
    }
  }

  private int skipBlanks(int from, int to) {
    int i = from;
    while (i < to && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private int stripEnd(int from, int to) {
    int i = to;
    while (i > from && isBlank(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  /** Returns whether C's {@code isspace} holds for a character. */
  static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** Returns where the comment begins, or the line ends. */
  private int endOfText(int from, int lineEnd) {
    for (int i = from; i < lineEnd; i++) {
      char c = text.charAt(i);
      if (c == '#') {
        source.comment(i);
        return i;
      }
      if (c == '"' || c == '\'') {
        i = Quoting.closing(text, i, lineEnd);
      }
    }
    return lineEnd;
  }

  private void reportForgotten(Text.Builder begun, int offset) {
    if (!begun.isEmpty()) {
      Text text = begun.build(offset);
      boolean secret = Secrets.mayHoldSecret(text.string());
      text.span(secret ? 0 : MainConfigParser.endOfKey(text.string()), text.length()).hide();
      diagnostics.warning(
          text.span(0, 1),
          "Dovecot ignores this line: it is continued by a backslash, and a comment or a blank line"
              + " follows",
          "Remove the backslash, or what follows it.");
    }
  }
}
