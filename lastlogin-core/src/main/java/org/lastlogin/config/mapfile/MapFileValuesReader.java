package org.lastlogin.config.mapfile;

import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.check.MapDraft;
import org.lastlogin.config.check.ValueTypes;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Settings;
import org.lastlogin.config.source.Text;
import org.lastlogin.map.ValueType;

/** The rules of {@code value_field}, {@code value_type} and {@code value_hexblob}. */
final class MapFileValuesReader {
  static final String FIELD = "value_field";
  static final String TYPE = "value_type";
  static final String HEXBLOB = "value_hexblob";

  /** More than any database has in a table. */
  private static final int MAX_COLUMNS = 5000;

  private static final Pattern BLANK = Pattern.compile("\\s++");

  private final Settings settings;
  private final Diagnostics diagnostics;

  MapFileValuesReader(Settings settings, Diagnostics diagnostics) {
    this.settings = settings;
    this.diagnostics = diagnostics;
  }

  /** Reads the columns with values, from the value of {@code value_field} if it is set. */
  void read(@Nullable Text field, MapDraft draft) {
    if (hasTooMany(field) || hasTooMany(settings.get(TYPE))) {
      return;
    }
    List<ValueType> types = types();
    Text typeText = settings.get(TYPE);
    noteDetail(typeText, draft);
    noteDetail(settings.get(HEXBLOB), draft);
    if (field == null) {
      return;
    }
    List<Text> columns = field.splitAtCommas();
    if (typeText != null && typeText.splitAtCommas().size() != columns.size()) {
      reportLength(typeText, columns.size());
      return;
    }
    if (types.isEmpty()) {
      types = Collections.nCopies(columns.size(), hexblob() ? ValueType.HEXBLOB : ValueType.STRING);
    }
    for (int i = 0; i < columns.size(); i++) {
      draft.values().add(new MapDraft.Value(columns.get(i), types.get(i)));
    }
  }

  private boolean hasTooMany(@Nullable Text list) {
    if (list == null || list.commas() < MAX_COLUMNS) {
      return false;
    }
    diagnostics.error(
        list.span(),
        "Expected no more than " + MAX_COLUMNS + " columns",
        "No database has tables with as many columns as these.");
    return true;
  }

  private static void noteDetail(@Nullable Text text, MapDraft draft) {
    if (text != null) {
      draft.details().addToValues(text.span());
    }
  }

  private void reportLength(Text types, int columns) {
    diagnostics.error(
        types.span(),
        "Expected as many types as value_field has columns: "
            + columns
            + ", not "
            + types.splitAtCommas().size(),
        "Give one type for each column, in the same order, with commas between them.",
        "Number of fields in value_fields doesn't match value_type");
  }

  /** The types; those that are unknown, which has been reported, count as text. */
  private List<ValueType> types() {
    Text text = settings.get(TYPE);
    if (text == null) {
      return List.of();
    }
    Text hexblob = settings.get(HEXBLOB);
    if (hexblob != null) {
      diagnostics.warning(
          hexblob.span(),
          "This means nothing where there is a value_type",
          "Remove value_hexblob, the older of the two.");
    }
    checkBlanks(text);
    return text.splitAtCommas().stream()
        .map(type -> ValueTypes.value(type, diagnostics).orElse(ValueType.STRING))
        .toList();
  }

  private void checkBlanks(Text types) {
    int comma = types.string().indexOf(',');
    Matcher blank = BLANK.matcher(types.string());
    if (comma >= 0 && blank.find()) {
      diagnostics.warning(
          types.span(blank.start(), blank.end()),
          "Dovecot takes white space between types as a part of a type",
          "Remove it: types are separated by commas alone.",
          "Invalid value in value_type");
    }
  }

  private boolean hexblob() {
    Text text = settings.get(HEXBLOB);
    if (text == null || text.string().equalsIgnoreCase("no")) {
      return false;
    }
    if (!text.string().equalsIgnoreCase("yes")) {
      diagnostics.error(
          text.span(),
          "Expected yes or no",
          "Say yes if the values are bytes in hexadecimal digits.",
          "Invalid boolean: " + text.string());
    }
    return true;
  }
}
