package org.lastlogin.jdbc.sql;

/**
 * When a row counts as gone: its column has a time, in seconds since 1970, and that is not in the
 * future. Where it is NULL, the row stays. Immutable.
 *
 * @param column the column
 * @param now the present time, in the same unit
 */
public record Expiry(String column, long now) {

  /** The time as a parameter. */
  public SqlValue parameter() {
    return SqlValue.Whole.of(now);
  }
}
