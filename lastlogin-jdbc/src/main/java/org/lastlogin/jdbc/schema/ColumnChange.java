package org.lastlogin.jdbc.schema;

import java.util.Optional;

/**
 * What a column is to be made into. Immutable.
 *
 * @param column the column as it is
 * @param newType another type; the one that it has if empty
 * @param convert whether that is another kind of type, so that values are converted
 * @param exact whether it gets a collation to which texts that differ are different
 * @param perSecond how many units there are in a second of the number that a date becomes
 */
record ColumnChange(
    ColumnShape column, Optional<String> newType, boolean convert, boolean exact, long perSecond) {

  String type() {
    return newType.orElse(column.type());
  }
}
