package org.lastlogin.jdbc.sql;

/**
 * The rule by which a row has expired: its column has a time in seconds since 1970 that is not in
 * the future. A row with NULL never expires. Immutable.
 *
 * @param column the column
 * @param now the present time, in the same unit
 */
public record Expiry(String column, long now) {

  /** Returns the time as a parameter. */
  public SqlValue parameter() {
    return SqlValue.Whole.of(now);
  }
}
