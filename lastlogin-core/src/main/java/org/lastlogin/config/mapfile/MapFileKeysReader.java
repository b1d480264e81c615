package org.lastlogin.config.mapfile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.check.KeyFieldMessages;
import org.lastlogin.config.check.MapDraft;
import org.lastlogin.config.check.ValueTypes;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Node;
import org.lastlogin.config.source.Node.Section;
import org.lastlogin.config.source.Node.Setting;
import org.lastlogin.config.source.Settings;
import org.lastlogin.config.source.Text;
import org.lastlogin.map.ValueType;

/**
 * The syntax of a section {@code fields} of a map file. {@code ${name}} without a type means {@code
 * $name}, with a warning, because Dovecot 2.2 and 2.3 look for a variable {@code {name}} and find
 * none.
 */
final class MapFileKeysReader {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:(?<plain>\\w++)|\\{(?:(?<type>\\w*+):)?+(?<braced>\\w++)})");

  private final Diagnostics diagnostics;

  MapFileKeysReader(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Reads the section, if there is one. */
  void read(@Nullable Section section, MapDraft draft) {
    if (section == null) {
      return;
    }
    draft.details().fields(section.span(), section.close());
    Settings settings = new Settings(diagnostics);
    for (Node node : section.nodes()) {
      if (node instanceof Setting setting) {
        settings.add(setting);
      } else if (node instanceof Section inner && !inner.type().is(MapFileReader.MAP)) {
        diagnostics.error(
            inner.span(),
            "Expected COLUMN = $variable; there are no sections in fields",
            "A line with } seems to be missing before this one.",
            "Unknown section: " + inner.type().string());
      }
    }
    for (Setting setting : settings.all()) {
      Optional<MapDraft.Key> key = key(setting);
      key.ifPresentOrElse(draft.keys()::add, draft.gaps()::keysMayBeMissing);
    }
    if (!section.complete()) {
      draft.gaps().keysMayBeMissing();
    }
  }

  private Optional<MapDraft.Key> key(Setting setting) {
    Matcher matcher = VARIABLE.matcher(setting.value().string());
    if (!matcher.matches()) {
      diagnostics.error(
          setting.value().span(),
          "Expected a variable of the pattern",
          "A variable is written $name, or with a type ${int:name}, ${uint:name} or"
              + " ${hexblob:name}.",
          setting.value().string().startsWith("$")
              ? null
              : "Value is missing '$' for field: " + setting.name().string());
      return Optional.empty();
    }
    String group = matcher.group("plain") == null ? "braced" : "plain";
    Text variable = setting.value().substring(matcher.start(group), matcher.end(group));
    ValueType type = ValueType.STRING;
    if (matcher.group("type") != null) {
      Text typeName = setting.value().substring(matcher.start("type"), matcher.end("type"));
      type = ValueTypes.variable(typeName, variable, diagnostics).orElse(ValueType.STRING);
    } else if (group.equals("braced")) {
      diagnostics.warning(
          setting.value().span(),
          "Dovecot 2.2 and 2.3 do not know the variable " + setting.value().string() + " here",
          "Write $" + variable.string() + " without braces, which both understand.",
          KeyFieldMessages.DOVECOT_2_3.missing(variable.string()));
    }
    return Optional.of(new MapDraft.Key(setting.name(), variable, type));
  }
}
