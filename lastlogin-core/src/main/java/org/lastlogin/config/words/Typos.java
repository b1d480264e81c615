package org.lastlogin.config.words;

import java.util.regex.Pattern;

/**
 * Tells a name that is mistyped from one that is only similar to another. A plural, or another
 * number at the end, is not a typo; between names of different kinds, neither is a longer name.
 */
public final class Typos {
  private static final Pattern DIGITS = Pattern.compile("[0-9]++");
  private static final Pattern SEPARATORS = Pattern.compile("[_-]++");

  private Typos() {}

  /**
   * Returns whether two names differ by a single slip, and not by a number or an s at their end.
   */
  public static boolean isTypo(String name, String other) {
    return Math.max(name.length(), other.length()) >= 3
        && Suggestions.isSlip(name, other)
        && !name.equals(other + "s")
        && !other.equals(name + "s")
        && !withoutDigits(name).equals(withoutDigits(other));
  }

  /**
   * The same for a name of another kind, from which one may be derived, as tables are from keys.
   */
  public static boolean isInnerTypo(String name, String other) {
    String plain = SEPARATORS.matcher(name).replaceAll("");
    String otherPlain = SEPARATORS.matcher(other).replaceAll("");
    return isTypo(plain, otherPlain)
        && !plain.startsWith(otherPlain)
        && !otherPlain.startsWith(plain);
  }

  private static String withoutDigits(String name) {
    return DIGITS.matcher(name).replaceAll("");
  }
}
