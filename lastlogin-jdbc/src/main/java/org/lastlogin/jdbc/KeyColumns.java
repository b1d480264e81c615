package org.lastlogin.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.lastlogin.dict.DictScope;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.KeyField;
import org.lastlogin.map.ValueType;

/** The columns by which a map finds its rows. */
final class KeyColumns {
  private KeyColumns() {}

  /** Those of the fields, and the user's behind them, with their types. */
  static Map<String, ValueType> of(DictMap map) {
    Map<String, ValueType> columns = new LinkedHashMap<>();
    for (KeyField field : map.keyFields()) {
      columns.put(field.column(), field.type());
    }
    ofUser(map).ifPresent(column -> columns.put(column, ValueType.STRING));
    return columns;
  }

  /** The user's column. Only private keys have users: shared ones leave what is set unused. */
  static Optional<String> ofUser(DictMap map) {
    return map.pattern().literalPrefix().startsWith(DictScope.PRIVATE.prefix())
        ? map.usernameField()
        : Optional.empty();
  }
}
