package org.lastlogin.config;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lastlogin.map.KeyPattern;

/** The rules of the columns that hold a pattern's variables: each variable has one. */
final class KeyFieldsChecker {
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w++)|\\{(\\w++)})");

  private final ConfigFormat format;
  private final KeyPattern pattern;
  private final Text patternText;
  private final Diagnostics diagnostics;

  KeyFieldsChecker(
      ConfigFormat format, KeyPattern pattern, Text patternText, Diagnostics diagnostics) {
    this.format = format;
    this.pattern = pattern;
    this.patternText = patternText;
    this.diagnostics = diagnostics;
  }

  /** Reports what is wrong with the keys of a map; returns whether nothing is. */
  boolean check(MapDraft draft) {
    boolean right = true;
    Set<String> named = new HashSet<>();
    for (MapDraft.Key key : draft.keys()) {
      String variable = key.variable().string();
      // Whoever mistypes a variable has not forgotten it.
      named.add(Suggestions.closest(variable, pattern.variables()).orElse(variable));
      if (!pattern.variables().contains(variable)) {
        reportUnknown(key.variable());
        right = false;
      }
      right &= Names.check(key.column(), diagnostics);
    }
    if (draft.namesAllKeys()) {
      reportUnused(named);
    }
    return right && named.containsAll(pattern.variables());
  }

  private void reportUnknown(Text name) {
    String all =
        pattern.variables().isEmpty()
            ? "The pattern has no variables."
            : "The pattern has $" + String.join(", $", pattern.variables()) + ".";
    String guess =
        Suggestions.closest(name.string(), pattern.variables())
            .map(variable -> "Did you mean $" + variable + "? ")
            .orElse("");
    diagnostics.error(name.span(), "The pattern has no variable $" + name.string(), guess + all);
  }

  private void reportUnused(Set<String> named) {
    Matcher matcher = VARIABLE.matcher(patternText.string());
    while (matcher.find()) {
      String variable = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      if (!named.contains(variable)) {
        diagnostics.error(
            patternText.span(matcher.start(), matcher.end()),
            "No field holds the variable $" + variable + " of this pattern",
            format.howToAddKeyField(variable),
            format.missingKeyField(variable));
      }
    }
  }
}
