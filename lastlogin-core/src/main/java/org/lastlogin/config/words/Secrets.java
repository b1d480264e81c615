package org.lastlogin.config.words;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows what must not be shown. */
public final class Secrets {
  private static final Pattern NAME = Pattern.compile("pass|pwd|secret", Pattern.CASE_INSENSITIVE);

  /** The part of such a name that is left if one of its characters is wrong. */
  private static final String MISSPELT = "(?:pass|word|pwd|secret)";

  private static final Pattern MISSPELT_NAME = Pattern.compile(MISSPELT, Pattern.CASE_INSENSITIVE);

  private static final Pattern ABOUT_NAME =
      Pattern.compile("Unknown (?:setting|connect string): \\w++");

  private static final Pattern USER_OF_URL = Pattern.compile("(?<=://)[^\\s@/]++(?=@)");

  /** The text before a secret in a line that could not be parsed. */
  private static final Pattern ASSIGNMENT =
      Pattern.compile(MISSPELT + "\\w{0,40}+\\s*+=\\s*+", Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /** Returns whether the value of a name in {@code connect} must not be shown. */
  public static boolean isSecret(String name, String value) {
    // A pair in a value is one that lacks the white space before it, whatever its name.
    return !ConnectNames.isHarmless(name) || value.contains("=") || mayHoldSecret(value);
  }

  /** Returns whether a name is that of a secret. */
  public static boolean isSecretName(String name) {
    return NAME.matcher(name).find();
  }

  /**
   * Returns whether a text of unknown meaning looks as if it held a secret, or a URL with one in
   * it.
   */
  public static boolean mayHoldSecret(String text) {
    int colon = text.indexOf(':');
    boolean credentials = colon >= 0 && text.indexOf('@', colon) >= 0;
    return credentials || text.contains("//") || isSecretName(text);
  }

  /** Returns whether what Dovecot prints may quote a secret, and not just the name of a setting. */
  public static boolean mayQuoteSecret(String dovecot) {
    return !ABOUT_NAME.matcher(dovecot).matches()
        && (mayHoldSecret(dovecot) || MISSPELT_NAME.matcher(dovecot).find());
  }

  /** A line with asterisks in place of what looks like a secret. */
  public static String mask(String line) {
    StringBuilder masked = new StringBuilder();
    int at = 0;
    Matcher assignment = ASSIGNMENT.matcher(line);
    while (at < line.length() && assignment.find(at)) {
      int end = endOfSecret(line, assignment.end());
      masked.append(line, at, assignment.end());
      masked.append(asterisks(line.substring(assignment.end(), end)));
      at = end;
    }
    masked.append(line, at, line.length());
    return USER_OF_URL.matcher(masked).replaceAll(match -> asterisks(match.group()));
  }

  /**
   * Behind the last character of a secret, and what may belong to it. A quote that is not closed
   * hides all the rest of the line.
   */
  private static int endOfSecret(String line, int from) {
    int end = from;
    if (end < line.length() && (line.charAt(end) == '"' || line.charAt(end) == '\'')) {
      char quote = line.charAt(end++);
      while (end < line.length() && line.charAt(end) != quote) {
        end += line.charAt(end) == '\\' ? 2 : 1;
      }
    }
    while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
      end++;
    }
    return Math.min(end, line.length());
  }

  private static String asterisks(String text) {
    return "*".repeat(text.codePointCount(0, text.length()));
  }
}
