package org.lastlogin.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lastlogin.map.ValueType;

/** The rules of {@code value_field}, {@code value_type} and {@code value_hexblob}. */
final class ValueFieldsReader {
  static final String FIELD = "value_field";
  static final String TYPE = "value_type";
  static final String HEXBLOB = "value_hexblob";

  private final Settings settings;
  private final Diagnostics diagnostics;

  ValueFieldsReader(Settings settings, Diagnostics diagnostics) {
    this.settings = settings;
    this.diagnostics = diagnostics;
  }

  /** Reads the columns with values, from the value of {@code value_field} if it is set. */
  void read(@Nullable Text field, MapDraft draft) {
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

  private static void noteDetail(@Nullable Text text, MapDraft draft) {
    if (text != null) {
      draft.valueDetail(text.span());
    }
  }

  private void reportLength(Text types, int columns) {
    diagnostics.error(
        types.span(),
        "Expected as many types as value_field has columns: "
            + columns
            + ", not "
            + types.splitAtCommas().size(),
        "Give one type for each column, in the same order, with commas between them.");
  }

  /** The types; those that are unknown, which has been reported, count as text. */
  private List<ValueType> types() {
    Text text = settings.get(TYPE);
    if (text == null) {
      return List.of();
    }
    if (settings.get(HEXBLOB) != null) {
      diagnostics.error(
          text.span(),
          "value_type and value_hexblob say the same thing twice",
          "Remove value_hexblob, the older of the two.");
    }
    return text.splitAtCommas().stream()
        .map(type -> type(type, diagnostics).orElse(ValueType.STRING))
        .toList();
  }

  /** The type of that name; if there is none, that is reported. */
  static Optional<ValueType> type(Text name, Diagnostics diagnostics) {
    Optional<ValueType> type = ValueType.ofConfigName(name.string());
    if (type.isEmpty()) {
      List<String> known = Arrays.stream(ValueType.values()).map(ValueType::configName).toList();
      diagnostics.error(
          name.span(),
          "Unknown type; expected one of " + ValueType.configNames(),
          Suggestions.didYouMean(name.string(), known).orElse(null));
    }
    return type;
  }

  private boolean hexblob() {
    Text text = settings.get(HEXBLOB);
    if (text == null || text.is("no")) {
      return false;
    }
    if (!text.is("yes")) {
      diagnostics.error(text.span(), "Expected yes or no");
    }
    return true;
  }
}
