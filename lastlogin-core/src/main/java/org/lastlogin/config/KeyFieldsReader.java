package org.lastlogin.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.Node.Section;
import org.lastlogin.config.Node.Setting;
import org.lastlogin.map.KeyField;
import org.lastlogin.map.KeyPattern;
import org.lastlogin.map.ValueType;

/** The rules of a section {@code fields}, and of the pattern whose variables it uses. */
final class KeyFieldsReader {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:(?<plain>\\w++)|\\{(?:(?<type>\\w*+):)?+(?<braced>\\w++)})");

  private final KeyPattern pattern;
  private final Text patternText;
  private final Diagnostics diagnostics;
  private final List<KeyField> fields = new ArrayList<>();

  KeyFieldsReader(KeyPattern pattern, Text patternText, Diagnostics diagnostics) {
    this.pattern = pattern;
    this.patternText = patternText;
    this.diagnostics = diagnostics;
  }

  /** The columns of those variables with which nothing is wrong. */
  List<KeyField> fields() {
    return fields;
  }

  /** Whether every variable of the pattern has a column. */
  boolean isComplete() {
    return fields.stream().map(KeyField::variable).toList().containsAll(pattern.variables());
  }

  /**
   * Reads the section.
   *
   * @param section the section, if there is one
   * @param mapComplete whether nothing of the map around it could be missed
   */
  void read(@Nullable Section section, boolean mapComplete) {
    List<String> named = new ArrayList<>();
    boolean complete = mapComplete;
    if (section != null) {
      Settings settings = new Settings(diagnostics);
      for (Node node : section.nodes()) {
        if (node instanceof Setting setting) {
          settings.add(setting);
        } else if (node instanceof Section inner && !inner.type().is(MapFileReader.MAP)) {
          diagnostics.error(
              inner.span(), "Expected column = $variable; there are no sections in fields");
        }
      }
      settings.all().forEach(setting -> field(setting).ifPresent(named::add));
      // A line that cannot be read may hold any variable.
      complete &= section.complete() && named.size() == settings.all().size();
    }
    if (complete) {
      reportUnused(named);
    }
  }

  /** Reads one line; returns the variable that it names, or probably means. */
  private Optional<String> field(Setting setting) {
    Matcher matcher = VARIABLE.matcher(setting.value().string());
    if (!matcher.matches()) {
      diagnostics.error(
          setting.value().span(),
          "Expected a variable of the pattern",
          "A variable is written $name or ${name}, or with a type ${int:name}, ${uint:name} or"
              + " ${hexblob:name}.");
      return Optional.empty();
    }
    String group = matcher.group("plain") == null ? "braced" : "plain";
    String variable = matcher.group(group);
    Text name = setting.value().substring(matcher.start(group), matcher.end(group));
    ValueType type = ValueType.STRING;
    if (matcher.group("type") != null) {
      Text typeName = setting.value().substring(matcher.start("type"), matcher.end("type"));
      type = ValueFieldsReader.type(typeName, diagnostics).orElse(ValueType.STRING);
    }
    if (!pattern.variables().contains(variable)) {
      reportUnknown(name);
    } else if (Names.check(setting.name(), diagnostics)) {
      fields.add(new KeyField(setting.name().string(), variable, type));
    }
    return Optional.of(Suggestions.closest(variable, pattern.variables()).orElse(variable));
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

  private void reportUnused(List<String> named) {
    Matcher matcher = VARIABLE.matcher(patternText.string());
    while (matcher.find()) {
      String variable =
          matcher.group("plain") == null ? matcher.group("braced") : matcher.group("plain");
      if (!named.contains(variable)) {
        diagnostics.error(
            patternText.span(matcher.start(), matcher.end()),
            "No field holds the variable $" + variable + " of this pattern",
            "Add COLUMN = $" + variable + " to the section fields of this map.");
      }
    }
  }
}
