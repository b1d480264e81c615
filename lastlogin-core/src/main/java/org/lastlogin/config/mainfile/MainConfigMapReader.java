package org.lastlogin.config.mainfile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.check.MapDraft;
import org.lastlogin.config.check.ValueTypes;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;
import org.lastlogin.map.ValueType;

/** The syntax of the blocks {@code dict_map} of a dict. Not safe for use by several threads. */
final class MainConfigMapReader {
  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w++)");

  private static final String USERNAME_FIELD = "dict_map_username_field";
  private static final String VALUE_TYPE = "dict_map_value_field_type";
  private static final String KEY_TYPE = "dict_map_key_field_type";

  /** A variable with its type, as in Dovecot 2.3. */
  private static final Pattern OLD_VARIABLE = Pattern.compile("\\$\\{(?:(\\w++):)?+(\\w++)}");

  private final MainConfigView dict;
  private final MainConfigValues values;
  private final MainConfigChecker checker;
  private final Diagnostics diagnostics;

  /** Creates a reader of the maps of one dict. */
  MainConfigMapReader(
      MainConfigView dict,
      MainConfigValues values,
      MainConfigChecker checker,
      Diagnostics diagnostics) {
    this.dict = dict;
    this.values = values;
    this.checker = checker;
    this.diagnostics = diagnostics;
  }

  /** Returns the map of a name. */
  MapDraft read(String id) {
    MainConfigView view = dict.inner(MainConfigNames.DICT_MAP, id);
    List<MainConfigBlock> blocks = view.blocks(MainConfigNames.DICT_MAP, id);
    blocks.forEach(checker::check);
    MainConfigBlock block = blocks.get(0);
    MapDraft draft = new MapDraft(blocks.stream().allMatch(MainConfigBlock::isComplete));
    draft.details().section(block.span(), block.sections().get(0).close());
    draft.pattern(name(block));
    draft.table(table(view, block));
    draft.usernameField(given(view, USERNAME_FIELD));
    draft
        .gaps()
        .usernameField(
            view.value(USERNAME_FIELD)
                .map(text -> !text.isEmpty())
                .orElseGet(() -> view.isMeant(USERNAME_FIELD)),
            view.setting(USERNAME_FIELD)
                .map(setting -> setting.raw().span())
                .orElseGet(() -> MainConfigPlaces.missing("username_field", block)));
    draft.expireField(given(view, "dict_map_expire_field"));
    readValues(view, block, draft);
    if (view.isMeant(MainConfigNames.KEY_FIELD)) {
      draft.gaps().keysMayBeMissing();
    }
    for (String column : view.names(MainConfigNames.KEY_FIELD)) {
      readKey(view, column, draft);
    }
    return draft;
  }

  /** The name of a block; {@code null} if it has none, which has been reported. */
  private @Nullable Text name(MainConfigBlock block) {
    Text name = values.name(block);
    return name == null || (name.isEmpty() && block.nameOverride().isEmpty()) ? null : name;
  }

  /** Returns a setting that counts as not set if it is empty. */
  private static @Nullable Text given(MainConfigView view, String key) {
    return view.value(key).filter(text -> !text.isEmpty()).orElse(null);
  }

  private @Nullable Text table(MainConfigView view, MainConfigBlock block) {
    Optional<Text> table = view.value("dict_map_sql_table");
    if (table.isEmpty() && block.isComplete() && !view.isMeant("dict_map_sql_table")) {
      diagnostics.error(
          MainConfigPlaces.missing("sql_table", block),
          "The " + MainConfigPlaces.named(block) + " has no sql_table",
          "Add sql_table = TABLE to it.");
    }
    return table.orElse(null);
  }

  private void readValues(MainConfigView view, MainConfigBlock block, MapDraft draft) {
    for (String column : view.names(MainConfigNames.VALUE_FIELD)) {
      MainConfigView field = view.inner(MainConfigNames.VALUE_FIELD, column);
      List<MainConfigBlock> blocks = field.blocks(MainConfigNames.VALUE_FIELD, column);
      blocks.forEach(checker::check);
      Text name = name(blocks.get(0));
      if (name != null) {
        if (draft.values().isEmpty()) {
          draft.typePlace(typePlace(field, blocks.get(0)));
        }
        draft.values().add(new MapDraft.Value(name, type(field, VALUE_TYPE)));
        draft.details().addTo(name, span(field, VALUE_TYPE));
        draft.details().addTo(name, blocks.get(0).sections().get(0).close());
      }
    }
    boolean missing =
        view.names(MainConfigNames.VALUE_FIELD).isEmpty()
            && !view.isMeant(MainConfigNames.VALUE_FIELD);
    if (missing && block.isComplete()) {
      diagnostics.error(
          block.span(),
          "This dict_map has no value_field",
          "Add value_field COLUMN { with its type to it.",
          "Failed to get dict_map "
              + block.id()
              + ": dict_map_value_field { .. } named list filter is missing");
    }
  }

  private static Span typePlace(MainConfigView field, MainConfigBlock block) {
    return field
        .setting(VALUE_TYPE)
        .map(type -> type.raw().span())
        .orElseGet(() -> MainConfigPlaces.missing("type", block));
  }

  private static @Nullable Span span(MainConfigView field, String key) {
    return field.setting(key).map(MainConfigSetting::span).orElse(null);
  }

  private ValueType type(MainConfigView field, String key) {
    return field
        .value(key)
        .flatMap(name -> ValueTypes.ofNewFormat(name, diagnostics))
        .orElse(ValueType.STRING);
  }

  private void readKey(MainConfigView view, String column, MapDraft draft) {
    MainConfigView field = view.inner(MainConfigNames.KEY_FIELD, column);
    List<MainConfigBlock> blocks = field.blocks(MainConfigNames.KEY_FIELD, column);
    blocks.forEach(checker::check);
    MainConfigBlock block = blocks.get(0);
    Text name = name(block);
    ValueType type = type(field, KEY_TYPE);
    Text variable = variable(field, block);
    if (variable == null || name == null || !block.isComplete()) {
      draft.gaps().keysMayBeMissing();
    }
    if (variable != null && name != null) {
      draft.keys().add(new MapDraft.Key(name, variable, type));
      draft.details().addTo(name, variable.span());
      draft.details().addTo(name, span(field, KEY_TYPE));
      draft.details().addTo(name, block.sections().get(0).close());
    }
  }

  private @Nullable Text variable(MainConfigView field, MainConfigBlock block) {
    Text value = field.value("dict_map_key_field_value").orElse(null);
    if (value == null) {
      if (block.isComplete() && !field.isMeant("dict_map_key_field_value")) {
        diagnostics.error(
            MainConfigPlaces.missing("value", block),
            "The " + MainConfigPlaces.named(block) + " has no value",
            "Add value = $VARIABLE, the variable of the pattern that the column holds.");
      }
      return null;
    }
    Matcher matcher = VARIABLE.matcher(value.string());
    if (matcher.matches()) {
      return value.substring(1, value.length());
    }
    diagnostics.error(
        value.span(), "Expected a variable of the pattern", howToWrite(value.string()));
    return null;
  }

  private static String howToWrite(String value) {
    Matcher old = OLD_VARIABLE.matcher(value);
    if (!old.matches()) {
      return value.matches("\\w++")
          ? "A variable is written with a dollar sign: $" + value + "."
          : "A variable is written $NAME.";
    }
    return "Here it is written without braces: $"
        + old.group(2)
        + (old.group(1) == null
            ? "."
            : ", and its type in a line of its own: type = " + old.group(1) + ".");
  }
}
