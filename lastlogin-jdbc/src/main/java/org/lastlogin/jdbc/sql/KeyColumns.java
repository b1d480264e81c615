package org.lastlogin.jdbc.sql;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lastlogin.dict.DictScope;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.KeyField;
import org.lastlogin.map.ValueType;

/** The columns by which a map finds its rows. */
public final class KeyColumns {
  private static final String LAST_LOGIN = DictScope.SHARED.prefix() + "last-login/";

  private KeyColumns() {}

  /** Those of the fields, and the user's behind them, with their types. */
  public static Map<String, ValueType> of(DictMap map) {
    Map<String, ValueType> columns = new LinkedHashMap<>();
    for (KeyField field : map.keyFields()) {
      columns.put(field.column(), field.type());
    }
    ofUser(map).ifPresent(column -> columns.put(column, ValueType.STRING));
    return columns;
  }

  /**
   * The same columns in the order in which a key of the table has them, so that the rows that are
   * asked for together lie together: an iteration has the user and the first variables of its path
   * at hand. Nobody iterates the logins of one mailbox, but those of a domain, which is their last
   * variable.
   */
  public static List<String> inKeyOrder(DictMap map) {
    List<String> variables = map.pattern().variables();
    Comparator<KeyField> order =
        Comparator.comparingInt(field -> variables.indexOf(field.variable()));
    Stream<String> ofFields =
        map.keyFields().stream()
            .sorted(haveLogins(map) ? order.reversed() : order)
            .map(KeyField::column);
    return Stream.concat(ofUser(map).stream(), ofFields).distinct().toList();
  }

  /** Whether the keys are those of Dovecot's last_login plugin. */
  public static boolean haveLogins(DictMap map) {
    return map.pattern().literalPrefix().startsWith(LAST_LOGIN);
  }

  /** The user's column. Only private keys have users: shared ones leave what is set unused. */
  public static Optional<String> ofUser(DictMap map) {
    return map.pattern().literalPrefix().startsWith(DictScope.PRIVATE.prefix())
        ? map.usernameField()
        : Optional.empty();
  }
}
