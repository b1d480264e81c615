package org.lastlogin.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows what must not be shown. */
final class Secrets {
  private static final Pattern NAME = Pattern.compile("pass|secret", Pattern.CASE_INSENSITIVE);

  /** The names in {@code connect} whose values are no secrets. Any other may be a misspelt one. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "host|hostaddr|port|dbname|user|client_flags|\\w*timeout|ssl_?\\w*|option_\\w*|default_file"
              + "|application_name|target_session_attrs|journal_mode|readonly");

  private static final Pattern USER_OF_URL = Pattern.compile("(?<=://)[^\\s@/]++(?=@)");

  /** What stands before a secret in a line that could not be understood. */
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?:pass|secret)\\w{0,40}+\\s*+=\\s*+", Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /** Whether the value of a name in {@code connect} must not be shown. */
  static boolean isSecret(String name, String value) {
    return !HARMLESS.matcher(name).matches() || isSecretName(name) || mayHoldSecret(value);
  }

  /** Whether a name says that its value is a secret. */
  static boolean isSecretName(String name) {
    return NAME.matcher(name).find();
  }

  /** Whether a text of unknown meaning looks as if it held a secret, or a URL with one in it. */
  static boolean mayHoldSecret(String text) {
    int colon = text.indexOf(':');
    boolean credentials = colon >= 0 && text.indexOf('@', colon) >= 0;
    return credentials || text.contains("//") || isSecretName(text);
  }

  /** A line with asterisks in place of what looks like a secret. */
  static String mask(String line) {
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
