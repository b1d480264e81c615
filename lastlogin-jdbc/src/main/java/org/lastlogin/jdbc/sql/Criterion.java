package org.lastlogin.jdbc.sql;

import java.util.List;

/**
 * A condition on a column, with one parameter.
 *
 * @param column the column
 * @param kind how it is compared with the parameter
 */
public record Criterion(String column, Kind kind) {

  /** The comparison with the parameter. */
  public enum Kind {
    EQUAL("%s=?"),
    LIKE("%s LIKE ? ESCAPE '|'"),
    NOT_LIKE("%s NOT LIKE ? ESCAPE '|'"),
    /** The parameter is the present time. */
    EXPIRED("%s<=?"),
    /** The parameter is the present time. */
    NOT_EXPIRED("(%1$s IS NULL OR %1$s>?)");

    private final String form;

    Kind(String form) {
      this.form = form;
    }

    /** Returns the condition in SQL, with the column's name as it is to be written. */
    String sql(String name) {
      return String.format(form, name);
    }
  }

  /** Returns conditions that columns equal given values. */
  static List<Criterion> equal(List<String> columns) {
    return columns.stream().map(column -> new Criterion(column, Kind.EQUAL)).toList();
  }

  /** Returns the condition in SQL, with the column's name as it is to be written. */
  String sql(String name) {
    return kind.sql(name);
  }

  /** Returns text for a LIKE without wildcards. */
  public static String escapeLike(String text) {
    return text.replaceAll("[|%_]", "|$0");
  }
}
