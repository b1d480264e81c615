package org.lastlogin.jdbc.schema;

import org.lastlogin.map.ValueType;

/**
 * The values of a column. Immutable.
 *
 * @param type the type of the values
 * @param content what they are
 */
record ColumnNeed(ValueType type, Content content) {

  /** The meaning of values, as far as it matters for a column. */
  enum Content {
    /** The time of a login or a delivery, in the unit of the check. */
    LOGIN_TIME,
    /** The time at which a row expires, in seconds. */
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

  /**
   * Returns the need of both. Where maps differ, text, which is the type of a map that names none,
   * and ANY come last.
   */
  ColumnNeed and(ColumnNeed other) {
    return new ColumnNeed(
        type == ValueType.STRING ? other.type : type,
        content == Content.ANY ? other.content : content);
  }
}
