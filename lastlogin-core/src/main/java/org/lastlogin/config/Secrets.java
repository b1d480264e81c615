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

  /**
   * A secret as it looks in a line that could not be understood. A quote that is not closed hides
   * all the rest of the line.
   */
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "((?:pass|secret)\\w{0,40}+\\s*+=\\s*+)"
              + "((?:\"(?:\\\\.|[^\"\\\\])*+\"?+|'(?:\\\\.|[^'\\\\])*+'?+)?+\\S*+)",
          Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /** Whether the value of a name in {@code connect} must not be shown. */
  static boolean isSecret(String name, String value) {
    return !HARMLESS.matcher(name).matches() || mayHoldSecret(name) || mayHoldSecret(value);
  }

  /** Whether a text of unknown meaning looks as if it held a secret. */
  static boolean mayHoldSecret(String text) {
    return NAME.matcher(text).find() || mayBeUrl(text);
  }

  /** Whether it may be a URL with a password in it, even if it is mistyped. */
  private static boolean mayBeUrl(String text) {
    int colon = text.indexOf(':');
    return text.contains("//") || (colon >= 0 && text.indexOf('@', colon) >= 0);
  }

  /** A line with asterisks in place of what looks like a secret. */
  static String mask(String line) {
    String masked =
        ASSIGNMENT
            .matcher(line)
            .replaceAll(
                match -> Matcher.quoteReplacement(match.group(1)) + asterisks(match.group(2)));
    return USER_OF_URL.matcher(masked).replaceAll(match -> asterisks(match.group()));
  }

  private static String asterisks(String text) {
    return "*".repeat(text.codePointCount(0, text.length()));
  }
}
