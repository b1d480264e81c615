package org.lastlogin.config.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.Secrets;

/** Finds what a template left in a value because nothing was filled in. */
public final class Placeholders {
  /**
   * {@code {{ name }}}, {@code {% name %}}, {@code @@name@@}, {@code %%name%%}, {@code PH_NAME} and
   * {@code <NAME>}.
   */
  private static final String SURE =
      "\\{\\{[^{}=]{1,80}+\\}\\}|\\{%[^{}=%]{1,80}+%\\}|@@\\w{1,80}+@@|%%\\w{1,80}+%%"
          + "|\\bPH_[A-Z0-9_]{1,80}+\\b|<[A-Z][A-Z0-9_]{1,80}+>";

  private static final Pattern PLACEHOLDER = Pattern.compile(SURE);

  /** Where a dollar sign means nothing else. */
  private static final Pattern PLACEHOLDER_OR_DOLLAR =
      Pattern.compile(SURE + "|\\$\\{\\w{1,80}+\\}");

  private static final String HINT =
      "Put the value in its place that the template was to be filled with.";

  private Placeholders() {}

  /**
   * Returns the end of a placeholder that begins at an index and may contain white space; the index
   * if there is none.
   */
  public static int endAt(String string, int from) {
    Matcher matcher = PLACEHOLDER.matcher(string).region(from, string.length());
    return matcher.lookingAt() ? matcher.end() : from;
  }

  /** Warns of a placeholder in a pattern; returns whether there is one. */
  static boolean check(Text pattern, Diagnostics diagnostics) {
    return report(pattern, PLACEHOLDER.matcher(pattern.string()), diagnostics);
  }

  /** Warns of a placeholder in the name of a table or column; returns whether there is one. */
  static boolean checkName(Text name, Diagnostics diagnostics) {
    return report(name, PLACEHOLDER_OR_DOLLAR.matcher(name.string()), diagnostics);
  }

  private static boolean report(Text text, Matcher matcher, Diagnostics diagnostics) {
    if (!matcher.find()) {
      return false;
    }
    report(text.span(matcher.start(), matcher.end()), diagnostics);
    return true;
  }

  /**
   * Warns of a placeholder in a setting of a database server. A password is one only as a whole: it
   * may hold any characters.
   */
  static void checkServer(String name, String value, Span span, Diagnostics diagnostics) {
    Matcher matcher = PLACEHOLDER_OR_DOLLAR.matcher(value);
    if (Secrets.isSecretName(name) ? matcher.matches() : matcher.find()) {
      report(span, diagnostics);
    }
  }

  private static void report(Span span, Diagnostics diagnostics) {
    diagnostics.warning(span, "This looks like a placeholder of a template", HINT);
  }
}
