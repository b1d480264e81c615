package org.lastlogin.config.source;

import java.util.regex.Pattern;

/** Quotes texts so that a reader takes them for what they are, and removes quotes again. */
public final class Quoting {
  /** Characters that every reader takes for text; the blank is not one of them. */
  private static final String PLAIN = "\\p{IsAlphabetic}\\p{IsDigit}_./:,;@+*%^&!?~()|=\\-";

  private static final Pattern PLAIN_VALUE = Pattern.compile("[" + PLAIN + "]*+");

  /** The same with what a variable of a pattern is written with. */
  private static final Pattern PLAIN_PATTERN =
      Pattern.compile("(?!\\$\\w++:)(?!}$)[" + PLAIN + "${}]++");

  /** The same with what a template of variables is written with. */
  private static final Pattern PLAIN_TEMPLATE = Pattern.compile("(?! )[" + PLAIN + "{} ]++(?<! )");

  private static final Pattern PLAIN_PAIRS = Pattern.compile("[" + PLAIN + " ]*+");

  /** The name of a block or setting that needs no quotes. */
  private static final Pattern PLAIN_NAME = Pattern.compile("[^\\s\"'#={}\\\\<!]++");

  private static final Pattern LONELY_Y = Pattern.compile("(?<![^%])y(?![^%])");

  private Quoting() {}

  /** Returns whether there is a way to write a text. */
  public static boolean isWritable(String text) {
    return text.chars().allMatch(c -> c == '\t' || !Character.isISOControl(c));
  }

  /**
   * Returns whether Dovecot 2.4.1 loses a part of a value: in values with a percent sign, its lexer
   * passes over a single {@code y}.
   */
  public static boolean isTornBy241(String value) {
    return value.contains("%") && LONELY_Y.matcher(value).find();
  }

  /** A value. */
  public static String value(String value) {
    return PLAIN_VALUE.matcher(value).matches() ? value : quoted(value);
  }

  /** A value with variables of a pattern in it, which begin with a dollar sign. */
  public static String pattern(String value) {
    return PLAIN_PATTERN.matcher(value).matches() ? value : quoted(value);
  }

  /** A value with variables of Dovecot in it, which begin with a percent sign. */
  public static String template(String value) {
    return PLAIN_TEMPLATE.matcher(value).matches() ? value : quoted(value);
  }

  /** The value of {@code connect}. */
  public static String connect(String pairs) {
    return PLAIN_PAIRS.matcher(pairs).matches() ? pairs : quoted(pairs);
  }

  /** The name of a block or setting. */
  public static String name(String name) {
    return PLAIN_NAME.matcher(name).matches() ? name : quoted(name);
  }

  /** Returns a text in quotes, in which a backslash precedes what would end or change it. */
  public static String quoted(String text) {
    return quoted(text, '"');
  }

  public static String quoted(String text, char quote) {
    String escaped = text.replace("\\", "\\\\").replace("" + quote, "\\" + quote);
    return quote + escaped + quote;
  }

  /** Returns a text that Dovecot 2.4 takes literally, without variables in it. */
  public static String literal(String text) {
    return text.replace("%{", "%%{");
  }

  /** Returns the text between quotes, in which a backslash stands for the character after it. */
  public static Text unescape(Text text) {
    String string = text.string();
    if (string.indexOf('\\') < 0) {
      return text;
    }
    Text.Builder out = new Text.Builder(text.span().source());
    for (int i = 0; i < string.length(); i++) {
      if (string.charAt(i) == '\\' && i + 1 < string.length()) {
        i++;
      }
      out.append(string.charAt(i), text.span(i, i + 1).start());
    }
    return out.build(text.span().end());
  }

  /**
   * Returns where the quote closes that opens at an index; the end if it does not.
   *
   * @param end where the text ends
   */
  public static int closing(String text, int open, int end) {
    int i = open + 1;
    while (i < end && text.charAt(i) != text.charAt(open)) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i, end);
  }
}
