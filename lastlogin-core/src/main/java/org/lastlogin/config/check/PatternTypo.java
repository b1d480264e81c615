package org.lastlogin.config.check;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.Suggestions;

/**
 * Finds out whether it is the pattern where a variable is misspelt, if it differs from the one in
 * the field: then the field's is a known word, the name of its column, or is in the pattern without
 * its dollar sign.
 */
final class PatternTypo {
  /** The names that everybody gives to variables. */
  private static final Set<String> USUAL = Set.of("user", "username", "domain", "service", "id");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?+(\\w++)}?+");
  private static final Pattern SEGMENT = Pattern.compile("[^/$]++");
  private static final Pattern WORD = Pattern.compile("\\w++");

  private PatternTypo() {}

  /**
   * Returns where in the pattern the error is, or {@code null} if it is in the field.
   *
   * @param key a field whose variable is not in the pattern
   * @param guess the variable of the pattern that comes close to it
   */
  static @Nullable Span find(MapDraft.Key key, @Nullable String guess, Text pattern) {
    String name = key.variable().string();
    if (guess == null) {
      return withoutDollar(name, pattern);
    }
    boolean isRight = USUAL.contains(name) ? !USUAL.contains(guess) : key.column().is(name);
    return isRight && !key.column().is(guess) ? variable(guess, pattern) : null;
  }

  private static @Nullable Span variable(String name, Text pattern) {
    Matcher variable = VARIABLE.matcher(pattern.string());
    while (variable.find()) {
      if (name.equals(variable.group(1))) {
        return pattern.span(variable.start(), variable.end());
      }
    }
    return null;
  }

  /** A part of the pattern that looks like the variable, but is none. */
  private static @Nullable Span withoutDollar(String name, Text pattern) {
    Matcher segment = SEGMENT.matcher(pattern.string());
    while (segment.find()) {
      Matcher word = WORD.matcher(segment.group());
      if (word.find() && isLike(word.group(), name)) {
        return pattern.span(segment.start(), segment.end());
      }
    }
    return null;
  }

  private static boolean isLike(String word, String name) {
    return word.equals(name)
        || (name.length() > 1 && Suggestions.isSlip(word, name))
        || (name.length() == 1 && word.length() == 2 && word.endsWith(name));
  }
}
