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
import org.lastlogin.map.KeyPattern;
import org.lastlogin.map.ValueType;

/** The columns by which a map finds its rows. */
public final class KeyColumns {
  private KeyColumns() {}

  /** Returns the columns of the fields, then that of the user, with their types. */
  public static Map<String, ValueType> of(DictMap map) {
    Map<String, ValueType> columns = new LinkedHashMap<>();
    for (KeyField field : map.keyFields()) {
      columns.put(field.column(), field.type());
    }
    ofUser(map).ifPresent(column -> columns.put(column, ValueType.STRING));
    return columns;
  }

  /**
   * Returns the same columns in the order of a primary key. MariaDB and MySQL keep rows in that
   * order, so rows that are read together are stored together, and a page costs the same however
   * large the table is. An iteration knows the user and the first variables of its path. The keys
   * of logins are the exception: their last variable is the domain, whose mailboxes are listed, and
   * the domains of a mailbox are not.
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

  /** Returns whether the keys are those of Dovecot's last_login plugin. */
  public static boolean haveLogins(DictMap map) {
    return map.pattern().literalPrefix().startsWith(KeyPattern.LAST_LOGIN);
  }

  /**
   * Returns the column of the user. Only private keys have one; shared keys leave the setting
   * unused.
   */
  public static Optional<String> ofUser(DictMap map) {
    return map.pattern().literalPrefix().startsWith(DictScope.PRIVATE.prefix())
        ? map.usernameField()
        : Optional.empty();
  }
}
