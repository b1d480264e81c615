package org.lastlogin.config.mapfile;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Cursor;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Quoting;
import org.lastlogin.config.source.SourceFile;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;

/**
 * Cuts a file into tokens. What a value looks like differs from everything else, so the parser asks
 * for one by itself, with {@link #value}, when it has seen the sign before it. Not safe for use by
 * several threads.
 *
 * <p>The rules, which are Dovecot's: a comment begins with {@code #} and ends with its line. A
 * value may be in quotes as a whole; in it, a backslash quotes the character that follows. {@code
 * $ENV:NAME} at the beginning of a word without quotes is an environment variable.
 */
public final class MapFileLexer {
  /** The kinds of tokens. */
  enum Kind {
    /** The name of a setting or section. */
    WORD,
    /** The sign between a setting's name and its value; the value is read by itself. */
    EQUALS,
    /** A brace that opens a section. */
    OPEN,
    /** A brace that closes a section. */
    CLOSE,
    /** The end of a line that is not continued. */
    NEWLINE,
    /** The end of the file. */
    END
  }

  /**
   * A token.
   *
   * @param kind what it is
   * @param text its characters, without quotes
   */
  record Token(Kind kind, Text text) {}

  private static final String ENVIRONMENT = "$ENV:";

  private final SourceFile source;
  private final String text;
  private final UnaryOperator<@Nullable String> environment;
  private final Diagnostics diagnostics;
  private final Cursor cursor;

  /**
   * Creates a lexer at the start of a file.
   *
   * @param environment the value of an environment variable, or {@code null} if it is not set
   */
  public MapFileLexer(
      SourceFile source, UnaryOperator<@Nullable String> environment, Diagnostics diagnostics) {
    this.source = source;
    this.text = source.text();
    this.environment = environment;
    this.diagnostics = diagnostics;
    this.cursor = new Cursor(source, diagnostics);
  }

  /** The next token. After the end of the file has come, it comes again. */
  Token next() {
    cursor.skipBlanks();
    cursor.skipComment();
    if (cursor.isAtEnd()) {
      return token(Kind.END, cursor.at());
    }
    return switch (cursor.peek()) {
      case '\n' -> token(Kind.NEWLINE, cursor.at() + 1);
      case '=' -> token(Kind.EQUALS, cursor.at() + 1);
      case '{' -> token(Kind.OPEN, cursor.at() + 1);
      case '}' -> token(Kind.CLOSE, cursor.at() + 1);
      case '"', '\'' -> new Token(Kind.WORD, quoted(false));
      default -> token(Kind.WORD, endOfWord());
    };
  }

  private Token token(Kind kind, int end) {
    Text text = Text.of(source, cursor.at(), end);
    cursor.moveTo(end);
    return new Token(kind, text);
  }

  private int endOfWord() {
    int end = cursor.at();
    while (end < text.length()
        && " \t\r\n=#".indexOf(text.charAt(end)) < 0
        && !cursor.isJoin(end)) {
      end++;
    }
    return end;
  }

  /**
   * Returns what is left of the line, comments included, but for the white space that it begins
   * with.
   */
  Span restOfLine() {
    return cursor.restOfLine();
  }

  /** Leaves out what is left of the line, up to its end. */
  void skipLine() {
    cursor.skipLine();
  }

  /**
   * The value that reaches to the end of the line; it may be empty.
   *
   * @param pairs whether it consists of {@code name=value} pairs with quotes of their own, one of
   *     which may be a password. In a pair, {@code #} is text.
   */
  Text value(boolean pairs) {
    cursor.skipBlanks();
    if (isQuote(cursor.at())) {
      Text value = quoted(pairs);
      expectNothingBehind(pairs);
      return value;
    }
    return unquoted(pairs);
  }

  private Text quoted(boolean secret) {
    int open = cursor.at();
    char quote = cursor.peek();
    cursor.moveTo(open + 1);
    Text.Builder out = new Text.Builder(source);
    while (!cursor.isAtEndOfLine()) {
      if (cursor.peek() == quote) {
        Text value = out.build(cursor.at());
        cursor.moveTo(cursor.at() + 1);
        return Quoting.unescape(value);
      }
      if (cursor.isAtJoin()) {
        cursor.join();
        continue;
      }
      boolean escape = cursor.peek() == '\\' && !cursor.isEndOfLine(cursor.at() + 1);
      cursor.copyTo(cursor.at() + (escape ? 2 : 1), out);
    }
    unclosedQuote(new Span(source, open, open + 1), secret);
    return Quoting.unescape(out.build(cursor.at()));
  }

  private void unclosedQuote(Span quote, boolean secret) {
    if (secret) {
      source.hide(quote.end(), cursor.at());
    }
    diagnostics.error(
        quote,
        "The quote that is opened here is not closed",
        "A quoted text ends on its line, unless a backslash at the end continues it."
            + " A quote within it is written \\\" or \\'.");
  }

  private void expectNothingBehind(boolean secret) {
    cursor.skipBlanks();
    cursor.skipComment();
    if (cursor.isAtEndOfLine()) {
      return;
    }
    Span rest = cursor.restOfLine();
    if (secret) {
      rest.hide();
    }
    diagnostics.error(
        rest,
        "Expected the end of the line after the closing quote",
        "A quote within a quoted text is written \\\" or \\'.");
    cursor.skipLine();
  }

  private Text unquoted(boolean pairs) {
    Text.Builder out = new Text.Builder(source);
    int end = cursor.at();
    while (!cursor.isAtEndOfLine()) {
      boolean startsWord = Cursor.isBlank(out.last());
      if (cursor.isAtJoin()) {
        if (!cursor.join()) {
          break;
        }
      } else if (cursor.peek() == '#' && !(pairs && keepsHash(startsWord))) {
        break;
      } else if (startsWord && cursor.isAt(ENVIRONMENT)) {
        expandVariable(out, pairs);
      } else if (pairs && isQuote(cursor.at()) && out.last() == '=') {
        cursor.copyTo(endOfQuoted(), out);
      } else {
        cursor.copyTo(cursor.at() + 1, out);
      }
      if (!Cursor.isBlank(out.last())) {
        end = cursor.at();
      }
    }
    cursor.skipComment();
    return out.build(end).strip();
  }

  private boolean keepsHash(boolean startsWord) {
    if (startsWord) {
      return false;
    }
    diagnostics.warning(
        new Span(source, cursor.at(), cursor.at() + 1),
        "This # is taken as part of the value; Dovecot takes it as the beginning of a comment",
        "Put all of the value after connect = in quotes, and both read the same.",
        "Ambiguous '#' character in line, treating it as comment. Add a space before it to remove"
            + " this warning.");
    return true;
  }

  /** Behind the quote that closes a value within pairs; right here if none does on this line. */
  private int endOfQuoted() {
    int lineEnd = source.endOfLine(cursor.at());
    int close = Quoting.closing(text, cursor.at(), lineEnd);
    return close < lineEnd ? close + 1 : cursor.at() + 1;
  }

  private void expandVariable(Text.Builder out, boolean pairs) {
    int start = cursor.at();
    int end = endOfVariable(cursor.at() + ENVIRONMENT.length());
    String name = text.substring(cursor.at() + ENVIRONMENT.length(), end);
    String value = environment.apply(name);
    if (value == null) {
      diagnostics.error(
          new Span(source, start, end),
          "The environment variable " + name + " is not set",
          "Set it for this program, too. Dovecot puts nothing in the place of one that is not"
              + " set.");
      value = pairs ? "" : text.substring(start, end);
    }
    value.chars().forEach(character -> out.append((char) character, start));
    cursor.moveTo(end);
  }

  private int endOfVariable(int from) {
    int end = from;
    while (!cursor.isEndOfLine(end) && !Cursor.isBlank(text.charAt(end)) && !cursor.isJoin(end)) {
      end++;
    }
    return end;
  }

  private boolean isQuote(int index) {
    return index < text.length() && (text.charAt(index) == '"' || text.charAt(index) == '\'');
  }
}
