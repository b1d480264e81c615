package org.lastlogin.config.mapfile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.check.MapDraft;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.MissingSetting;
import org.lastlogin.config.source.Node;
import org.lastlogin.config.source.Node.Section;
import org.lastlogin.config.source.Node.Setting;
import org.lastlogin.config.source.Settings;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.Suggestions;
import org.lastlogin.map.KeyPattern;

/** The syntax of a section {@code map} of a map file. Not safe for use by several threads. */
final class MapFileMapReader {
  static final String FIELDS = "fields";
  private static final String PATTERN = "pattern";
  private static final String TABLE = "table";
  private static final String USERNAME_FIELD = "username_field";

  static final List<String> SETTINGS =
      List.of(
          PATTERN,
          TABLE,
          USERNAME_FIELD,
          MapFileValuesReader.FIELD,
          MapFileValuesReader.TYPE,
          MapFileValuesReader.HEXBLOB);

  private static final Map<String, String> HOW_TO_ADD =
      Map.of(
          PATTERN,
          "Add a line such as pattern = " + KeyPattern.LAST_LOGIN + "imap/$user/$domain to it.",
          TABLE,
          "Add a line table = TABLE to it.",
          MapFileValuesReader.FIELD,
          "Add a line value_field = COLUMN to it.");

  private final Section section;
  private final Diagnostics diagnostics;
  private final Settings settings;
  private final MissingSetting places;
  private @Nullable Section fields;

  MapFileMapReader(Section section, Diagnostics diagnostics) {
    this.section = section;
    this.diagnostics = diagnostics;
    this.settings = new Settings(diagnostics);
    this.places = new MissingSetting(section, SETTINGS);
  }

  /** Returns the map that the section describes. */
  MapDraft read() {
    section.nodes().forEach(this::collect);
    MapDraft draft = new MapDraft(section.complete());
    draft.details().section(section.span(), section.close());
    draft.pattern(required(PATTERN));
    draft.table(required(TABLE));
    draft.usernameField(settings.get(USERNAME_FIELD));
    draft.gaps().usernameField(settings.isMeant(USERNAME_FIELD), place(USERNAME_FIELD));
    new MapFileValuesReader(settings, diagnostics).read(required(MapFileValuesReader.FIELD), draft);
    draft.typePlace(place(MapFileValuesReader.TYPE));
    new MapFileKeysReader(diagnostics).read(fields, draft);
    checkOrder(draft);
    return draft;
  }

  private void collect(Node node) {
    if (node instanceof Setting setting) {
      if (SETTINGS.contains(setting.name().string())) {
        settings.add(setting);
      } else {
        settings.reportUnknown(setting, SETTINGS);
      }
    } else if (node instanceof Section inner) {
      collectSection(inner);
    }
  }

  private void collectSection(Section inner) {
    String type = inner.type().string();
    if (type.equals(MapFileReader.MAP)) {
      return; // The reader of the file knows what to make of it.
    }
    if (type.isEmpty()) {
      diagnostics.error(
          inner.open(),
          "Expected the name of a section before {",
          "The columns of the variables are in fields { ... }.",
          "Expecting '='");
    } else if (!type.equals(FIELDS)) {
      diagnostics.error(
          inner.span(),
          "Unknown section: " + type,
          Suggestions.didYouMean(type, List.of(FIELDS)).orElse("A map holds the section fields."),
          "Unknown section: " + type);
    } else if (fields != null) {
      diagnostics.error(
          inner.span(),
          "A map has one section fields",
          "Move these lines to the section in line " + fields.span().line() + ".");
    }
    fields = fields == null ? inner : fields;
  }

  /** Returns where the value of a setting is, or the setting would be if it is not there. */
  private Span place(String name) {
    Text value = settings.get(name);
    return value == null ? places.before(name) : value.span();
  }

  private @Nullable Text required(String name) {
    Text value = settings.get(name);
    if (section.complete() && !settings.isMeant(name) && !diagnostics.isFull()) {
      diagnostics.error(
          places.before(name),
          "The map in line " + section.span().line() + " has no " + name,
          HOW_TO_ADD.get(name),
          "Missing setting: " + name);
    }
    return value;
  }

  /** Dovecot looks for the variables of the pattern when it comes to the end of fields. */
  private void checkOrder(MapDraft draft) {
    Text pattern = draft.pattern();
    if (fields != null && pattern != null && fields.span().isBefore(pattern.span())) {
      diagnostics.warning(
          pattern.span(),
          "Dovecot 2.2 and 2.3 crash if the pattern comes after the section fields",
          "Put the line with the pattern before line " + fields.span().line() + ".");
    }
  }
}
