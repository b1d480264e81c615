package org.lastlogin.config.check;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Text;
import org.lastlogin.config.words.Suggestions;
import org.lastlogin.map.ValueType;

/**
 * The names of types: a map file may name those of Dovecot 2.2 and 2.3, later formats also {@code
 * double} and {@code uuid}.
 */
public final class ValueTypes {
  private static final List<ValueType> OF_VALUES =
      List.of(ValueType.STRING, ValueType.UINT, ValueType.INT, ValueType.HEXBLOB);

  private static final List<ValueType> OF_VARIABLES =
      List.of(ValueType.UINT, ValueType.INT, ValueType.HEXBLOB);

  private ValueTypes() {}

  /** The type of that name in Dovecot 2.4; if there is none, that is reported. */
  public static Optional<ValueType> ofNewFormat(Text name, Diagnostics diagnostics) {
    String dovecot = "Invalid value: " + name.string();
    return type(name, List.of(ValueType.values()), dovecot, diagnostics);
  }

  /** The type of that name for a column with a value; if there is none, that is reported. */
  public static Optional<ValueType> value(Text name, Diagnostics diagnostics) {
    return type(name, OF_VALUES, "Invalid value in value_type", diagnostics);
  }

  /** The type of that name for a variable; if there is none, that is reported. */
  public static Optional<ValueType> variable(Text name, Text variable, Diagnostics diagnostics) {
    String dovecot = KeyFieldMessages.DOVECOT_2_3.missing(variable.string());
    return type(name, OF_VARIABLES, dovecot, diagnostics);
  }

  private static Optional<ValueType> type(
      Text name, List<ValueType> known, @Nullable String dovecot, Diagnostics diagnostics) {
    Optional<ValueType> type = ValueType.ofConfigName(name.string());
    if (type.filter(known::contains).isPresent()) {
      return type;
    }
    List<String> names = known.stream().map(ValueType::configName).toList();
    diagnostics.error(
        name.span(),
        "Unknown type; expected one of " + String.join(", ", names),
        hint(name.string(), type, names),
        dovecot);
    return Optional.empty();
  }

  private static String hint(String name, Optional<ValueType> type, List<String> names) {
    if (type.filter(ValueType.STRING::equals).isPresent()) {
      return "Text needs no type: write $name.";
    }
    return type.map(later -> "The type " + name + " exists since Dovecot 2.4.")
        .or(() -> Suggestions.didYouMean(name, names))
        .orElse("These are all the types there are.");
  }
}
