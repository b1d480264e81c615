package org.lastlogin.config;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.Token.Kind;

/**
 * Cuts a file into tokens. What a value looks like differs from everything else, so the parser asks
 * for one by itself, with {@link #value}, when it has seen the sign before it. Not safe for use by
 * several threads.
 *
 * <p>The rules, which are Dovecot's: a comment begins with {@code #} and ends with its line. A line
 * that ends with a backslash outside a comment goes on in the next one that is neither blank nor a
 * comment, without the white space that this begins with. A value may stand in quotes as a whole;
 * in it, a backslash stands for the character that follows.
 */
final class Lexer {
  private static final String ENVIRONMENT = "$ENV:";

  /** What nobody would write as the rest of a value: the first or last line of a section. */
  private static final Pattern EDGE_OF_SECTION =
      Pattern.compile(
          "[A-Za-z_]\\w*+(?:\\s++[^\\s={}]++)?+\\s*+\\{\\s*+(?:#.*+)?+|}\\s*+(?:#.*+)?+");

  private final SourceFile source;
  private final String text;
  private final UnaryOperator<@Nullable String> environment;
  private final Diagnostics diagnostics;
  private int at;

  /**
   * A lexer at the start of a file.
   *
   * @param environment the value of an environment variable, or {@code null} if it is not set
   */
  Lexer(SourceFile source, UnaryOperator<@Nullable String> environment, Diagnostics diagnostics) {
    this.source = source;
    this.text = source.text();
    this.environment = environment;
    this.diagnostics = diagnostics;
    if (text.startsWith("\uFEFF")) {
      at = 1; // The byte order mark that some editors leave is no part of the text.
    }
  }

  /** The next token. After the end of the file has come, it comes again. */
  Token next() {
    skipBlanks();
    skipComment();
    if (at == text.length()) {
      return token(Kind.END, at);
    }
    return switch (text.charAt(at)) {
      case '\n' -> token(Kind.NEWLINE, at + 1);
      case '=' -> token(Kind.EQUALS, at + 1);
      case '{' -> token(Kind.OPEN, at + 1);
      case '}' -> token(Kind.CLOSE, at + 1);
      case '"', '\'' -> new Token(Kind.WORD, quoted(false));
      default -> token(Kind.WORD, endOfWord());
    };
  }

  private Token token(Kind kind, int end) {
    Text.Builder out = new Text.Builder(source);
    copyTo(end, out);
    return new Token(kind, out.build(end));
  }

  private void copyTo(int end, Text.Builder out) {
    while (at < end) {
      out.append(text.charAt(at), at);
      at++;
    }
  }

  private int endOfWord() {
    int end = at;
    while (end < text.length() && " \t\r\n=#".indexOf(text.charAt(end)) < 0 && !isJoin(end)) {
      end++;
    }
    return end;
  }

  /** What is left of the line, comments included, but for the white space that it begins with. */
  Span restOfLine() {
    skipBlanks();
    return new Span(source, at, source.endOfLine(at));
  }

  /** Leaves out what is left of the line, up to its end. */
  void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  /**
   * The value that reaches to the end of the line; it may be empty.
   *
   * @param pairs whether it consists of {@code name=value} pairs with quotes of their own, one of
   *     which may be a password. In a pair, {@code #} is text.
   */
  Text value(boolean pairs) {
    skipBlanks();
    if (isQuote(at)) {
      Text value = quoted(pairs);
      expectNothingBehind(pairs);
      return value;
    }
    return unquoted(pairs);
  }

  private Text quoted(boolean secret) {
    int open = at++;
    Text.Builder out = new Text.Builder(source);
    while (!isEndOfLine(at)) {
      if (text.charAt(at) == text.charAt(open)) {
        return out.build(at++);
      }
      if (isJoin(at)) {
        join();
        continue;
      }
      if (text.charAt(at) == '\\' && !isEndOfLine(at + 1)) {
        at++;
      }
      out.append(text.charAt(at), at);
      at++;
    }
    unclosedQuote(new Span(source, open, open + 1), secret);
    return out.build(at);
  }

  private void unclosedQuote(Span quote, boolean secret) {
    if (secret) {
      source.hide(quote.end(), at);
    }
    diagnostics.error(
        quote,
        "The quote that is opened here is not closed",
        "A quoted text ends on its line, unless a backslash at the end continues it."
            + " A quote within it is written \\\" or \\'.");
  }

  private void expectNothingBehind(boolean secret) {
    skipBlanks();
    skipComment();
    if (isEndOfLine(at)) {
      return;
    }
    Span rest = restOfLine();
    if (secret) {
      rest.hide();
    }
    diagnostics.error(
        rest,
        "Expected the end of the line behind the closing quote",
        "A quote within a quoted text is written \\\" or \\'.");
    skipLine();
  }

  private Text unquoted(boolean pairs) {
    Text.Builder out = new Text.Builder(source);
    int end = at;
    while (!isEndOfLine(at)) {
      boolean startsWord = isBlank(out.last());
      if (isJoin(at)) {
        if (!join()) {
          break;
        }
      } else if (text.charAt(at) == '#' && !(pairs && keepsHash(startsWord))) {
        break;
      } else if (startsWord && text.startsWith(ENVIRONMENT, at)) {
        expandVariable(out);
      } else if (pairs && isQuote(at) && out.last() == '=') {
        copyTo(endOfQuoted(), out);
      } else {
        copyTo(at + 1, out);
      }
      if (!isBlank(out.last())) {
        end = at;
      }
    }
    skipComment();
    return out.build(end).strip();
  }

  private boolean keepsHash(boolean startsWord) {
    if (startsWord) {
      return false;
    }
    diagnostics.warning(
        new Span(source, at, at + 1),
        "This # is taken as part of the value; Dovecot takes it as the beginning of a comment",
        "Put all of the value behind connect = in quotes, and both read the same.");
    return true;
  }

  /** Behind the quote that closes a value within pairs; right here if none does on this line. */
  private int endOfQuoted() {
    for (int end = at + 1; !isEndOfLine(end); end++) {
      if (text.charAt(end) == text.charAt(at)) {
        return end + 1;
      }
      if (text.charAt(end) == '\\') {
        end++;
      }
    }
    return at + 1;
  }

  private void expandVariable(Text.Builder out) {
    int start = at;
    int end = endOfVariable(at + ENVIRONMENT.length());
    String name = text.substring(at + ENVIRONMENT.length(), end);
    String value = environment.apply(name);
    if (value == null) {
      diagnostics.error(
          new Span(source, start, end), "The environment variable " + name + " is not set");
      value = "";
    }
    value.chars().forEach(character -> out.append((char) character, start));
    at = end;
  }

  private int endOfVariable(int from) {
    int end = from;
    while (!isEndOfLine(end) && !isBlank(text.charAt(end)) && !isJoin(end)) {
      end++;
    }
    return end;
  }

  private boolean isQuote(int index) {
    return index < text.length() && (text.charAt(index) == '"' || text.charAt(index) == '\'');
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  private boolean isEndOfLine(int index) {
    return index >= text.length()
        || text.charAt(index) == '\n'
        || (text.charAt(index) == '\r' && isEndOfLine(index + 1));
  }

  private void skipBlanks() {
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

  private void skipComment() {
    if (at < text.length() && text.charAt(at) == '#') {
      skipLine();
    }
  }

  /** Whether a backslash stands here with nothing but white space behind it in its line. */
  private boolean isJoin(int index) {
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
   * section, the backslash is a mistake: then it stays at the end of the line before it.
   *
   * @return whether what was begun goes on
   */
  private boolean join() {
    int backslash = at;
    skipLine();
    while (at < text.length()) {
      int lineEnd = at;
      at++;
      while (at < text.length() && isBlank(text.charAt(at))) {
        at++;
      }
      if (isEndOfLine(at) || text.charAt(at) == '#') {
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
    diagnostics.error(
        line,
        "This line does not count as one of its own: the backslash at the end of line "
            + source.line(backslash)
            + " makes it a part of what begins there",
        "Remove that backslash; comments and blank lines do not end what it continues."
            + " Dovecot reports the lines that follow: \"Unknown setting: pattern\".");
  }
}
