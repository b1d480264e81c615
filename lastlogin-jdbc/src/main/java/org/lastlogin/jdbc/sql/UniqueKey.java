package org.lastlogin.jdbc.sql;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The columns of a primary key or unique index that tells the rows of a table apart. Immutable.
 *
 * @param columns their names, in the key's order and the spelling of the map
 */
public record UniqueKey(List<String> columns) {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  /** To {@code utf8mb4_general_ci}, all of them are equal. */
  private static final Pattern SUPPLEMENTARY = Pattern.compile("[\\x{10000}-\\x{10FFFF}]");

  /** A sharp s is one s to some collations, and two to others. */
  private static final Pattern SEVERAL_S = Pattern.compile("ss+");

  public UniqueKey {
    columns = List.copyOf(columns);
  }

  /**
   * Returns the order of rows in the key. All writers lock rows in this order, so that they do not
   * deadlock; the order of a map's fields would not do, since two programs may have different ones.
   *
   * @param rowColumns the columns of all these rows
   */
  Comparator<RowKey> order(List<String> rowColumns) {
    int[] places = columns.stream().mapToInt(rowColumns::indexOf).toArray();
    return (a, b) -> {
      for (int place : places) {
        int order = a.values().get(place).compareTo(b.values().get(place));
        if (order != 0) {
          return order;
        }
      }
      return a.compareTo(b);
    };
  }

  /**
   * Returns an identity of the row that a key means. Keys with different identities are different
   * rows; keys with the same identity may be the same one.
   *
   * <p>Most collations take {@code Alice} for {@code alice}, {@code é} for {@code e}, and do not
   * see trailing spaces. Which one a column has is not asked: taking two rows for one costs a
   * statement more, taking one row for two would change the order of writes.
   */
  String identity(RowKey row) {
    if (columns.size() == 1) {
      return identity(row.value(columns.get(0)));
    }
    StringBuilder identity = new StringBuilder();
    for (String column : columns) {
      identity.append(identity(row.value(column))).append('\0');
    }
    return identity.toString();
  }

  private static String identity(SqlValue value) {
    return value instanceof SqlValue.Text text ? fold(text.text()) : value.toString();
  }

  private static String fold(String text) {
    return isPlain(text) ? text : foldAll(text);
  }

  /** Returns whether there is nothing to fold, as in nearly every name of a mailbox. */
  private static boolean isPlain(String text) {
    char before = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x80 || (c >= 'A' && c <= 'Z') || (c == 's' && before == 's')) {
        return false;
      }
      before = c;
    }
    return true;
  }

  private static String foldAll(String text) {
    String letters = text;
    if (!text.chars().allMatch(c -> c < 0x80)) {
      letters = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
      letters = SUPPLEMENTARY.matcher(letters).replaceAll("\ufffd");
    }
    letters = letters.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).stripTrailing();
    return SEVERAL_S.matcher(letters).replaceAll("s");
  }
}
