package org.lastlogin.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictScope;
import org.lastlogin.jdbc.sql.KeyColumns;
import org.lastlogin.jdbc.sql.RowKey;
import org.lastlogin.jdbc.sql.SqlValue;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.KeyField;
import org.lastlogin.map.MapMatch;
import org.lastlogin.map.ValueField;
import org.lastlogin.map.ValueType;

/**
 * A key, its map, and its row, which is still text. Immutable.
 *
 * @param key the key
 * @param map the map that serves it
 * @param columns the columns that find the row; the user's comes last
 * @param texts what they hold, as the key has it
 */
record MappedKey(String key, DictMap map, List<String> columns, List<String> texts) {

  /** A text that is not a value of its type. The message has Dovecot's words. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String text;

    private MalformedException(String field, String text, ValueType type, DictMap map) {
      super(
          field
              + " field's value isn't "
              + SqlValue.expectation(type)
              + ": "
              + text
              + " (in pattern: "
              + map.pattern().skeleton()
              + ")");
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * Finds what a key means.
   *
   * @param operation how the message of a failure names what was to be done
   * @throws DictException if no map serves the key, or it cannot be used in this context
   */
  static MappedKey of(DictMaps maps, String operation, String key, DictContext context) {
    DictScope scope = DictScope.require(key, context);
    MapMatch match = maps.match(key);
    boolean ofUser = scope == DictScope.PRIVATE;
    // Without a column for the user, a private key would be everybody's.
    if (match == null || (ofUser && KeyColumns.ofUser(match.map()).isEmpty())) {
      throw new DictException("sql dict " + operation + ": Invalid/unmapped key: " + key);
    }
    List<String> columns = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (KeyField field : match.map().keyFields()) {
      columns.add(field.column());
      texts.add(match.valueOf(field));
    }
    if (ofUser) {
      columns.add(KeyColumns.ofUser(match.map()).orElseThrow());
      texts.add(context.username());
    }
    return new MappedKey(key, match.map(), List.copyOf(columns), List.copyOf(texts));
  }

  /** Returns the column that a write changes: the map's first. */
  ValueField valueField() {
    return map.valueFields().get(0);
  }

  /** Returns whether another key means the same row, which expires in the same way. */
  boolean sameRow(MappedKey other) {
    return map.table().equals(other.map.table())
        && map.expireField().equals(other.map.expireField())
        && columns.equals(other.columns)
        && texts.equals(other.texts);
  }

  /** Returns the row, each text as its column's type has it. */
  RowKey row() throws MalformedException {
    List<SqlValue> values = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      // After the map's own fields, there is the user's name.
      boolean ofField = i < map.keyFields().size();
      ValueType type = ofField ? map.keyFields().get(i).type() : ValueType.STRING;
      values.add(parse(columns.get(i), texts.get(i), type));
    }
    return new RowKey(map.table(), columns, values);
  }

  /** Returns a value that is to be written. */
  SqlValue value(String text) throws MalformedException {
    return parse("value", text, valueField().type());
  }

  private SqlValue parse(String field, String text, ValueType type) throws MalformedException {
    SqlValue value = SqlValue.parse(type, text);
    if (value == null) {
      throw new MalformedException(field, text, type, map);
    }
    return value;
  }
}
