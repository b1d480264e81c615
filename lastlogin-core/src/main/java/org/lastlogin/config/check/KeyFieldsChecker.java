package org.lastlogin.config.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.Suggestions;
import org.lastlogin.map.KeyPattern;

/** The rules of the columns that hold a pattern's variables: each variable has exactly one. */
final class KeyFieldsChecker {
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w++)|\\{(\\w++)})");

  private final KeyFieldMessages messages;
  private final KeyPattern pattern;
  private final Text patternText;
  private final Diagnostics diagnostics;

  /** The variables of the pattern that a field names, if only by a misspelt name. */
  private final Set<String> named = new HashSet<>();

  /** The variables that the fields name, right or wrong. */
  private final Set<String> held = new HashSet<>();

  private boolean right = true;

  KeyFieldsChecker(
      KeyFieldMessages messages, KeyPattern pattern, Text patternText, Diagnostics diagnostics) {
    this.messages = messages;
    this.pattern = pattern;
    this.patternText = patternText;
    this.diagnostics = diagnostics;
  }

  /** Reports what is wrong with the keys of a map; returns whether nothing is. */
  boolean check(MapDraft draft) {
    Set<String> known = new HashSet<>(pattern.variables());
    Set<String> exact = new HashSet<>();
    draft.keys().forEach(key -> held.add(key.variable().string()));
    for (MapDraft.Key key : draft.keys()) {
      String variable = key.variable().string();
      if (!known.contains(variable)) {
        right = false;
        if (!diagnostics.isFull()) {
          reportUnknown(key, draft);
        }
      } else if (!exact.add(variable)) {
        right = false;
        reportTwice(key.variable());
      }
      right &= Names.check(key.column(), diagnostics);
    }
    named.addAll(exact);
    if (draft.gaps().namesAllKeys()) {
      reportUnused(draft);
    }
    return right && named.containsAll(pattern.variables());
  }

  private void reportTwice(Text variable) {
    diagnostics.error(
        variable.span(),
        "The variable $" + variable.string() + " has a column already",
        "Remove one of the two: each variable of the pattern has one column.",
        messages.unused(variable.string()));
  }

  private void reportUnknown(MapDraft.Key key, MapDraft draft) {
    Text name = key.variable();
    // A variable that is mistyped has not been forgotten.
    Optional<String> guess = Suggestions.closest(name.string(), pattern.variables());
    guess.ifPresent(named::add);
    Span inPattern = PatternTypo.find(key, guess.orElse(null), patternText);
    if (inPattern != null) {
      diagnostics.error(
          inPattern,
          "This seems to be misspelt: a field holds $" + name.string(),
          "Did you mean $" + name.string() + ", which is in line " + name.span().line() + "?",
          guess
              .map(variable -> messages.missing(variable, draft))
              .orElseGet(() -> messages.unused(name.string())));
      return;
    }
    String all =
        pattern.variables().isEmpty()
            ? "The pattern has no variables."
            : "The pattern has $" + String.join(", $", pattern.variables()) + ".";
    diagnostics.error(
        name.span(),
        "The pattern has no variable $" + name.string(),
        guess.map(variable -> "Did you mean $" + variable + "? ").orElse("") + all,
        dovecot(name.string(), guess.orElse(null), draft));
  }

  /** Dovecot first looks for fields that are missing, and then for those that are too many. */
  private String dovecot(String name, @Nullable String guess, MapDraft draft) {
    return guess == null || held.contains(guess)
        ? messages.unused(name)
        : messages.missing(guess, draft);
  }

  private void reportUnused(MapDraft draft) {
    Matcher matcher = VARIABLE.matcher(patternText.string());
    while (matcher.find()) {
      String variable = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      if (!named.contains(variable)) {
        right = false;
        Span place = place(variable, draft);
        diagnostics.error(
            place == null ? patternText.span(matcher.start(), matcher.end()) : place,
            "No field holds the variable $" + variable + " of the pattern",
            messages.howToAdd(variable),
            messages.missing(variable, draft));
      }
    }
  }

  /** Returns what its field would be before; nothing if there is no section for it. */
  private @Nullable Span place(String variable, MapDraft draft) {
    List<String> variables = pattern.variables();
    List<String> later = variables.subList(variables.indexOf(variable) + 1, variables.size());
    return draft.details().fields().close() == null
        ? null
        : draft.keys().stream()
            .filter(key -> later.contains(key.variable().string()))
            .map(key -> key.column().span())
            .findFirst()
            .orElse(draft.details().fields().close());
  }
}
