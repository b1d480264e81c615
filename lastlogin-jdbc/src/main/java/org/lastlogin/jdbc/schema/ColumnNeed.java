package org.lastlogin.jdbc.schema;

import org.lastlogin.map.ValueType;

/**
 * What is kept in a column. Immutable.
 *
 * @param type the type of the values
 * @param content what they are
 */
record ColumnNeed(ValueType type, Content content) {

  /** What values are, as far as it matters for a column. */
  enum Content {
    /** When a login or a delivery was, in the unit of the check. */
    LOGIN_TIME,
    /** When a row expires, in seconds. */
    EXPIRY,
    /** The name of a mailbox or a domain. */
    MAILBOX,
    /** Anything. */
    ANY
  }

  static ColumnNeed of(ValueType type) {
    return new ColumnNeed(type, Content.ANY);
  }

  static ColumnNeed expiry() {
    return new ColumnNeed(ValueType.INT, Content.EXPIRY);
  }

  static ColumnNeed mailbox() {
    return new ColumnNeed(ValueType.STRING, Content.MAILBOX);
  }

  static ColumnNeed loginTime(ValueType type) {
    return new ColumnNeed(type, Content.LOGIN_TIME);
  }

  /** Where maps differ: text, which is what a map has that says nothing, and ANY come last. */
  ColumnNeed and(ColumnNeed other) {
    return new ColumnNeed(
        type == ValueType.STRING ? other.type : type,
        content == Content.ANY ? other.content : content);
  }
}
