package org.lastlogin.config.mainfile;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Text;

/** Reads the values of Dovecot 2.4 that are not plain text. */
final class MainConfigTypes {
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,10}+) *+([a-z]*+)", Pattern.CASE_INSENSITIVE);

  /** The seconds in each unit; a unit may be abbreviated to any of its beginnings. */
  private static final Map<String, Integer> UNITS =
      Map.of(
          "secs", 1,
          "seconds", 1,
          "mins", 60,
          "minutes", 60,
          "hours", 3_600,
          "days", 86_400,
          "weeks", 604_800);

  private static final Set<String> MILLISECONDS =
      Set.of("msecs", "mseconds", "millisecs", "milliseconds");

  private static final long MAX_SECONDS = 0xffff_ffffL;

  private final Diagnostics diagnostics;

  MainConfigTypes(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Returns whether a value is yes; reports one that is neither yes nor no. */
  boolean flag(Text text) {
    String value = text.string().toLowerCase(Locale.ROOT);
    if (Set.of("yes", "y", "1").contains(value)) {
      return true;
    }
    if (!value.equals("no")) {
      diagnostics.error(
          text.span(),
          "Expected yes or no",
          null,
          "Invalid boolean value: " + text.string() + " (use yes or no)");
    }
    return false;
  }

  /** The seconds in a time such as {@code 30s} or {@code 1 min}; nothing if it is none. */
  OptionalLong seconds(Text text) {
    Matcher matcher = TIME.matcher(text.string());
    if (!matcher.matches()) {
      return noTime(text, "Invalid time interval: " + text.string());
    }
    long number = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2).toLowerCase(Locale.ROOT);
    if (unit.isEmpty() && number > 0) {
      return noTime(
          text,
          "Time interval '" + text.string() + "' is missing units (add e.g. 's' for seconds)");
    }
    if (unit.length() > 1 && isBeginning(unit, MILLISECONDS) && number % 1000 == 0) {
      return OptionalLong.of(number / 1000);
    }
    OptionalLong seconds =
        UNITS.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(unit))
            .mapToLong(entry -> number * entry.getValue())
            .findFirst();
    if (seconds.isEmpty() || seconds.getAsLong() > MAX_SECONDS) {
      return noTime(text, "Invalid time interval: " + text.string());
    }
    return seconds;
  }

  private static boolean isBeginning(String unit, Set<String> words) {
    return words.stream().anyMatch(word -> word.startsWith(unit));
  }

  private OptionalLong noTime(Text text, String dovecot) {
    diagnostics.error(
        text.span(),
        "Expected a time in whole seconds",
        "A time has a unit: 30s, 1 min, 2h.",
        dovecot);
    return OptionalLong.empty();
  }
}
