package org.lastlogin.jdbc.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements that change rows, those of all dialects side by side. Immutable. */
public final class SqlChanges {
  /** SQLite nests expressions no deeper than 1,000, and each OR is one level. */
  private static final int MAX_DELETED = 500;

  private final SqlDialect dialect;

  public SqlChanges(SqlDialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Returns the statement for changes of a shape.
   *
   * @param target the unique key that an upsert runs into if its row exists
   */
  public SqlTemplate template(Shape shape, @Nullable UniqueKey target) {
    if (shape instanceof Shape.Upsert upsert) {
      return upsert(upsert, Objects.requireNonNull(target, "target"));
    }
    if (shape instanceof Shape.Increment increment) {
      return increment(increment);
    }
    return shape instanceof Shape.DeleteExpired expired
        ? deleteExpired(expired)
        : delete((Shape.Delete) shape);
  }

  /** Inserts rows, or updates those that run into the unique key. */
  private SqlTemplate upsert(Shape.Upsert shape, UniqueKey target) {
    String table = dialect.table(shape.table());
    return switch (dialect) {
      case MARIADB ->
          insert(
              shape, table, " ON DUPLICATE KEY UPDATE " + assignments(shape, table, "VALUES(%s)"));
      // It warns of VALUES(), and wants a name for the new row: one that no table can have, because
      // of its space.
      case MYSQL ->
          insert(
              shape,
              table,
              " AS `new row` ON DUPLICATE KEY UPDATE " + assignments(shape, table, "`new row`.%s"));
      // The new row is called excluded, which a table may be called, too.
      case POSTGRESQL, SQLITE ->
          insert(
              shape,
              table + " AS old",
              " ON CONFLICT ("
                  + dialect.names(target.columns())
                  + ") DO UPDATE SET "
                  + assignments(shape, "old", "excluded.%s"));
    };
  }

  private SqlTemplate insert(Shape.Upsert shape, String table, String update) {
    List<String> columns = shape.columns();
    return new SqlTemplate(
        "INSERT INTO " + table + " (" + dialect.names(columns) + ") VALUES ",
        "(" + String.join(",", Collections.nCopies(columns.size(), "?")) + ")",
        ",",
        update,
        Math.max(1, dialect.maxParameters() / columns.size()));
  }

  /**
   * Returns the assignments of an upsert to a row that exists.
   *
   * <p>To keep the newest, numbers are compared by adding zero to both. GREATEST would compare text
   * in a column of text, which tables made by hand have, and there 9 is more than 10. MariaDB,
   * MySQL and SQLite compare numbers then, and PostgreSQL refuses the statement. Text that is not a
   * number counts as 0 in SQLite, and MariaDB and MySQL refuse it in strict mode. NULL is less than
   * any number.
   *
   * <p>MariaDB and MySQL assign from left to right, and see what they have assigned. The
   * assignments that look at the row come first, and its time to expire is not among them.
   *
   * @param old the name of the row that is there
   * @param newForm how a column of the new row is named
   */
  private String assignments(Shape.Upsert shape, String old, String newForm) {
    List<String> assignments = new ArrayList<>();
    for (String column : shape.otherColumns()) {
      assignments.add(dialect.name(column) + "=" + unlessExpired(shape, old, column));
    }
    List<String> replaced = new ArrayList<>();
    for (String column : shape.valueColumns()) {
      String name = dialect.name(column);
      String value = String.format(newForm, name);
      if (shape.compares(column)) {
        String compared = value + "+0<" + unlessExpired(shape, old, column) + "+0";
        assignments.add(
            name
                + "=CASE WHEN "
                + compared
                + " THEN "
                + old
                + "."
                + name
                + " ELSE "
                + value
                + " END");
      } else {
        replaced.add(name + "=" + value);
      }
    }
    assignments.addAll(replaced);
    return String.join(",", assignments);
  }

  /** Returns the old value of a column; NULL if the row has expired. */
  private String unlessExpired(Shape.Upsert shape, String old, String column) {
    String value = old + "." + dialect.name(column);
    String expireColumn = shape.expireColumn();
    return expireColumn == null
        ? value
        : "CASE WHEN "
            + Criterion.Kind.EXPIRED.sql(old + "." + dialect.name(expireColumn))
            + " THEN NULL ELSE "
            + value
            + " END";
  }

  /**
   * Adds to columns of a row. NULL counts as 0: {@code NULL + 1} is NULL in SQL, which would lose
   * the increment silently.
   */
  private SqlTemplate increment(Shape.Increment shape) {
    String additions =
        shape.valueColumns().stream()
            .map(dialect::name)
            .map(name -> name + "=COALESCE(" + name + ",0)+?")
            .collect(Collectors.joining(","));
    return SqlTemplate.ofOneRow(
        "UPDATE "
            + dialect.table(shape.table())
            + " SET "
            + additions
            + dialect.where(shape.keyColumns(), shape.expireColumn()));
  }

  private SqlTemplate delete(Shape.Delete shape) {
    String delete = "DELETE FROM " + dialect.table(shape.table());
    if (shape.keyColumns().isEmpty()) {
      return SqlTemplate.ofOneRow(delete);
    }
    String row = "(" + dialect.conditions(Criterion.equal(shape.keyColumns())) + ")";
    return new SqlTemplate(delete + " WHERE ", row, " OR ", "", MAX_DELETED);
  }

  private SqlTemplate deleteExpired(Shape.DeleteExpired shape) {
    List<Criterion> conditions = new ArrayList<>(Criterion.equal(shape.keyColumns()));
    conditions.add(new Criterion(shape.expireColumn(), Criterion.Kind.EXPIRED));
    return SqlTemplate.ofOneRow(
        "DELETE FROM " + dialect.table(shape.table()) + dialect.where(conditions));
  }
}
