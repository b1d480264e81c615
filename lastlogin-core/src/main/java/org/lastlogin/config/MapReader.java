package org.lastlogin.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.Node.Section;
import org.lastlogin.config.Node.Setting;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.KeyPattern;
import org.lastlogin.map.KeyPatternException;
import org.lastlogin.map.ValueField;

/**
 * The rules of a section {@code map}. It is checked in full before a {@link DictMap} is made of it,
 * so that every mistake is reported where it stands. Not safe for use by several threads.
 */
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

  /** A map, and where its pattern stands. */
  record Result(DictMap map, Text pattern) {}

  /** The map, if there is nothing wrong with it. */
  Optional<Result> read() {
    section.nodes().forEach(this::collect);
    Text patternText = required(PATTERN);
    KeyPattern pattern = patternText == null ? null : pattern(patternText);
    Text table = column(required(TABLE));
    Text username = column(settings.get(USERNAME_FIELD));
    List<ValueField> values =
        new ValueFieldsReader(settings, diagnostics).read(required(ValueFieldsReader.FIELD));
    if (patternText == null || pattern == null) {
      return Optional.empty();
    }
    checkScope(pattern, patternText);
    KeyFieldsReader keys = new KeyFieldsReader(pattern, patternText, diagnostics);
    keys.read(fields, section.complete());
    if (table == null || values.isEmpty() || !keys.isComplete()) {
      return Optional.empty();
    }
    if (username == null && isPrivate(pattern)) {
      return Optional.empty();
    }
    DictMap.Builder map = DictMap.builder(pattern, table.string());
    if (username != null) {
      map.usernameField(username.string());
    }
    values.forEach(value -> map.valueField(value.column(), value.type()));
    keys.fields().forEach(key -> map.keyField(key.column(), key.variable(), key.type()));
    return Optional.of(new Result(map.build(), patternText));
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

  /** A name of a table or column, or {@code null} if it is none. */
  private @Nullable Text column(@Nullable Text name) {
    return name != null && Names.check(name, diagnostics) ? name : null;
  }

  private @Nullable KeyPattern pattern(Text text) {
    try {
      return KeyPattern.parse(text.string());
    } catch (KeyPatternException e) {
      int from = Math.min(e.index(), text.length());
      diagnostics.error(
          text.span(from, text.isEmpty() ? 0 : text.length()),
          String.valueOf(e.getMessage()),
          "A variable is written $name or ${name}; a name consists of letters, digits and _.");
      return null;
    }
  }

  private static boolean isPrivate(KeyPattern pattern) {
    return pattern.literalPrefix().startsWith("priv/");
  }

  private void checkScope(KeyPattern pattern, Text text) {
    boolean shared = pattern.literalPrefix().startsWith("shared/");
    if (!shared && !isPrivate(pattern)) {
      diagnostics.error(
          text.span(),
          "Expected a pattern that begins with shared/ or priv/, as all keys do",
          "Keys of last_login begin with shared/last-login/, those of quota with priv/quota/.");
    } else if (isPrivate(pattern) && section.complete() && !settings.isMeant(USERNAME_FIELD)) {
      diagnostics.error(
          text.span(),
          "Keys that begin with priv/ need a username_field",
          "Add username_field = COLUMN, the column that holds the name of the user.");
    } else if (shared && settings.get(USERNAME_FIELD) != null) {
      diagnostics.warning(
          settings.get(USERNAME_FIELD).span(),
          "Keys that begin with shared/ belong to no user: username_field means nothing here",
          "Remove this line, or begin the pattern with priv/.");
    }
  }
}
