package org.lastlogin.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.Node.Section;
import org.lastlogin.config.Node.Setting;

/** The syntax of a section {@code map} of a map file. Not safe for use by several threads. */
final class MapReader {
  static final String FIELDS = "fields";
  private static final String PATTERN = "pattern";
  private static final String TABLE = "table";
  private static final String USERNAME_FIELD = "username_field";

  static final List<String> SETTINGS =
      List.of(
          PATTERN,
          TABLE,
          USERNAME_FIELD,
          ValueFieldsReader.FIELD,
          ValueFieldsReader.TYPE,
          ValueFieldsReader.HEXBLOB);

  private final Section section;
  private final Diagnostics diagnostics;
  private final Settings settings;
  private @Nullable Section fields;

  MapReader(Section section, Diagnostics diagnostics) {
    this.section = section;
    this.diagnostics = diagnostics;
    this.settings = new Settings(diagnostics);
  }

  /** What the section says. */
  MapDraft read() {
    section.nodes().forEach(this::collect);
    MapDraft draft = new MapDraft(section.complete());
    draft.section(section.span(), section.close());
    draft.pattern(required(PATTERN));
    draft.table(required(TABLE));
    draft.usernameField(settings.get(USERNAME_FIELD), settings.isMeant(USERNAME_FIELD));
    new ValueFieldsReader(settings, diagnostics).read(required(ValueFieldsReader.FIELD), draft);
    new KeyFieldsReader(diagnostics).read(fields, draft);
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
          "The columns of the variables stand in fields { ... }.");
    } else if (!type.equals(FIELDS)) {
      diagnostics.error(
          inner.span(),
          "Unknown section: " + type,
          Suggestions.didYouMean(type, List.of(FIELDS)).orElse("A map holds the section fields."));
    } else if (fields != null) {
      diagnostics.error(
          inner.span(),
          "A map has one section fields",
          "Move these lines to the section in line " + fields.span().line() + ".");
    }
    fields = fields == null ? inner : fields;
  }

  private @Nullable Text required(String name) {
    Text value = settings.get(name);
    if (section.complete() && !settings.isMeant(name)) {
      diagnostics.error(section.span(), "This map has no " + name);
    }
    return value;
  }
}
