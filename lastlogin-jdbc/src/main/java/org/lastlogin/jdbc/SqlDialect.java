package org.lastlogin.jdbc;

import java.math.BigDecimal;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lastlogin.map.ValueType;

/**
 * The SQL of each database, side by side: everything that differs from one to another is here.
 *
 * <p>Names are quoted, so that reserved words may be names; values are always parameters.
 */
enum SqlDialect {
  /** MariaDB, and MySQL before 8.0.19. */
  MARIADB('`', 65_535) {
    @Override
    SqlTemplate upsert(Shape.Upsert shape, UniqueKey target) {
      return insert(
          shape,
          " ON DUPLICATE KEY UPDATE "
              + assign(
                  shape,
                  "%1$s=VALUES(%1$s)",
                  "%1$s=CASE WHEN VALUES(%1$s)+0<%2$s+0 THEN %3$s ELSE VALUES(%1$s) END"));
    }

    @Override
    String columnType(ValueType type) {
      return mysqlType(type);
    }

    @Override
    String tableOptions() {
      return MYSQL_OPTIONS;
    }
  },

  /**
   * MySQL from 8.0.19 on, which warns of {@code VALUES()} and wants a name for the new row: one
   * that no table can have, because of its space.
   */
  MYSQL('`', 65_535) {
    @Override
    SqlTemplate upsert(Shape.Upsert shape, UniqueKey target) {
      return insert(
          shape,
          " AS `new row` ON DUPLICATE KEY UPDATE "
              + assign(
                  shape,
                  "%1$s=`new row`.%1$s",
                  "%1$s=CASE WHEN `new row`.%1$s+0<%2$s+0 THEN %3$s ELSE `new row`.%1$s END"));
    }

    @Override
    String columnType(ValueType type) {
      return mysqlType(type);
    }

    @Override
    String tableOptions() {
      return MYSQL_OPTIONS;
    }
  },

  /** PostgreSQL from 9.5 on. */
  POSTGRESQL('"', 65_535) {
    @Override
    SqlTemplate upsert(Shape.Upsert shape, UniqueKey target) {
      return insert(
          shape,
          " ON CONFLICT ("
              + names(target.columns())
              + ") DO UPDATE SET "
              + assign(
                  shape,
                  "%1$s=excluded.%1$s",
                  "%1$s=CASE WHEN excluded.%1$s+0<%2$s+0 THEN %3$s ELSE excluded.%1$s END"));
    }

    @Override
    Optional<String> targetAlias() {
      return OLD_ROW;
    }

    /** {@code C} orders and tells apart by code point, as {@code utf8mb4_bin} does. */
    @Override
    String columnType(ValueType type) {
      return switch (type) {
        case STRING -> "VARCHAR(255) COLLATE \"C\"";
        case UINT, INT -> "BIGINT";
        case DOUBLE -> "DOUBLE PRECISION";
        case HEXBLOB -> "BYTEA";
        case UUID -> "UUID";
      };
    }

    /** Folded as PostgreSQL folds a name without quotes, which is how Dovecot writes it. */
    @Override
    String fold(String name) {
      return name.toLowerCase(Locale.ROOT);
    }

    /**
     * Bound without a type, so that the column's own is used: a driver that says "this is text"
     * would be refused by a BIGINT column, and "this is a number" by a text column.
     */
    @Override
    void bind(PreparedStatement statement, int index, SqlValue value) throws SQLException {
      if (value instanceof SqlValue.Text text) {
        statement.setObject(index, text.text(), Types.OTHER);
      } else if (value instanceof SqlValue.Whole number) {
        statement.setObject(index, number.number().toString(), Types.OTHER);
      } else if (value instanceof SqlValue.Real real) {
        statement.setObject(index, Double.toString(real.number()), Types.OTHER);
      } else {
        super.bind(statement, index, value);
      }
    }
  },

  /** SQLite from 3.24 on, which takes a name in double quotes for text if it has no such column. */
  SQLITE('`', 32_766) {
    @Override
    SqlTemplate upsert(Shape.Upsert shape, UniqueKey target) {
      return insert(
          shape,
          " ON CONFLICT ("
              + names(target.columns())
              + ") DO UPDATE SET "
              + assign(
                  shape,
                  "%1$s=excluded.%1$s",
                  "%1$s=CASE WHEN excluded.%1$s+0<%2$s+0 THEN %3$s ELSE excluded.%1$s END"));
    }

    @Override
    Optional<String> targetAlias() {
      return OLD_ROW;
    }

    @Override
    String columnType(ValueType type) {
      return switch (type) {
        case STRING -> "VARCHAR(255)";
        case UINT, INT -> "BIGINT";
        case DOUBLE -> "DOUBLE";
        case HEXBLOB -> "BLOB";
        case UUID -> "CHAR(36)";
      };
    }
  };

  /**
   * With a binary collation, since keys of a dict are different if a single byte differs: the usual
   * ones would take Alice and alice, or e and é, for the same row.
   */
  private static final String MYSQL_OPTIONS =
      " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";

  /** PostgreSQL and SQLite call the new row {@code excluded}, which a table may be called, too. */
  private static final Optional<String> OLD_ROW = Optional.of("old");

  /** SQLite nests expressions no deeper than 1,000, and each OR is one level. */
  private static final int MAX_DELETED = 500;

  private final char quote;
  private final int maxParameters;

  SqlDialect(char quote, int maxParameters) {
    this.quote = quote;
    this.maxParameters = maxParameters;
  }

  /**
   * The dialect that a database speaks.
   *
   * @throws SQLException if it is none of these, or the database cannot be asked
   */
  static SqlDialect of(DatabaseMetaData database) throws SQLException {
    String product = database.getDatabaseProductName();
    String version = String.valueOf(database.getDatabaseProductVersion());
    return switch (product.toLowerCase(Locale.ROOT)) {
      case "mariadb" -> MARIADB;
      // MySQL's own driver calls MariaDB so, too; only the version tells.
      case "mysql" -> version.contains("MariaDB") || !hasRowAlias(version) ? MARIADB : MYSQL;
      case "postgresql" -> POSTGRESQL;
      case "sqlite" -> SQLITE;
      default ->
          throw new SQLException(
              "No SQL dialect for "
                  + product
                  + ": MariaDB, MySQL, PostgreSQL and SQLite are known");
    };
  }

  private static boolean hasRowAlias(String version) {
    int[] parts =
        Arrays.stream(version.split("[^0-9]+", 4)).limit(3).mapToInt(Integer::parseInt).toArray();
    return parts.length == 3 && Arrays.compare(parts, new int[] {8, 0, 19}) >= 0;
  }

  /**
   * How changes of a shape are made.
   *
   * @param target the unique key that an upsert runs into if its row exists
   */
  final SqlTemplate template(Shape shape, @Nullable UniqueKey target) {
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
  abstract SqlTemplate upsert(Shape.Upsert shape, UniqueKey target);

  /** What the table of an upsert is called within it; empty if by its own name. */
  Optional<String> targetAlias() {
    return Optional.empty();
  }

  /** What follows the columns of a table that is created. */
  String tableOptions() {
    return "";
  }

  /** The type of a column that is created. */
  abstract String columnType(ValueType type);

  /** Adds to columns of a row; a NULL counts as zero, else it would swallow what is added. */
  private SqlTemplate increment(Shape.Increment shape) {
    return SqlTemplate.ofOneRow(
        "UPDATE "
            + table(shape.table())
            + " SET "
            + list(
                shape.valueColumns(),
                column -> name(column) + "=COALESCE(" + name(column) + ",0)+?",
                ",")
            + where(shape.keyColumns(), shape.expireColumn()));
  }

  /** Deletes rows. */
  private SqlTemplate delete(Shape.Delete shape) {
    String delete = "DELETE FROM " + table(shape.table());
    return shape.keyColumns().isEmpty()
        ? SqlTemplate.ofOneRow(delete)
        : new SqlTemplate(
            delete + " WHERE ", "(" + equal(shape.keyColumns()) + ")", " OR ", "", MAX_DELETED);
  }

  private SqlTemplate deleteExpired(Shape.DeleteExpired shape) {
    return SqlTemplate.ofOneRow(
        "DELETE FROM "
            + table(shape.table())
            + where(shape.keyColumns(), null)
            + " AND "
            + name(shape.expireColumn())
            + "<=?");
  }

  /** What finds a row that has not expired. */
  String where(List<String> keyColumns, @Nullable String expireColumn) {
    List<Condition> conditions = new ArrayList<>();
    keyColumns.forEach(column -> conditions.add(new Condition(column, Condition.Kind.EQUAL)));
    if (expireColumn != null) {
      conditions.add(new Condition(expireColumn, Condition.Kind.NOT_EXPIRED));
    }
    return where(conditions);
  }

  /** What finds rows. */
  String where(List<Condition> conditions) {
    return conditions.isEmpty()
        ? ""
        : conditions.stream()
            .map(condition -> condition.sql(name(condition.column())))
            .collect(Collectors.joining(" AND ", " WHERE ", ""));
  }

  private String equal(List<String> columns) {
    return list(columns, column -> name(column) + "=?", " AND ");
  }

  /** The insert that every upsert begins with. */
  SqlTemplate insert(Shape.Upsert shape, String update) {
    List<String> columns = new ArrayList<>(shape.valueColumns());
    columns.addAll(shape.keyColumns());
    return new SqlTemplate(
        "INSERT INTO "
            + table(shape.table())
            + targetAlias().map(" AS "::concat).orElse("")
            + " ("
            + names(columns)
            + ") VALUES ",
        "(" + String.join(",", Collections.nCopies(columns.size(), "?")) + ")",
        ",",
        update,
        Math.max(1, maxParameters / columns.size()));
  }

  /**
   * The assignments of an upsert: {@code %1$s} is a column's name, {@code %2$s} what it has unless
   * the row has expired, and {@code %3$s} what it has.
   *
   * <p>GREATEST would compare text in a column of text, where 9 is more than 10: zero is added so
   * that numbers are compared, or so that PostgreSQL refuses, where text is no number. NULL is not
   * greater than anything, so the new value replaces it.
   *
   * <p>MariaDB and MySQL assign from left to right, and see what they have assigned. The
   * assignments that look at the row come first, and its time to expire is not among them.
   */
  String assign(Shape.Upsert shape, String replace, String keepNewest) {
    List<String> assignments = new ArrayList<>();
    shape
        .otherColumns()
        .forEach(column -> assignments.add(name(column) + "=" + old(shape, column)));
    shape.valueColumns().stream()
        .filter(shape::compares)
        .forEach(
            column ->
                assignments.add(
                    String.format(
                        keepNewest,
                        name(column),
                        old(shape, column),
                        target(shape) + "." + name(column))));
    shape.valueColumns().stream()
        .filter(column -> !shape.compares(column))
        .forEach(column -> assignments.add(String.format(replace, name(column))));
    return String.join(",", assignments);
  }

  private String target(Shape.Upsert shape) {
    return targetAlias().orElseGet(() -> table(shape.table()));
  }

  /** What a column of a row has already: nothing, if the row has expired. */
  private String old(Shape.Upsert shape, String column) {
    String table = target(shape) + ".";
    String expireColumn = shape.expireColumn();
    return expireColumn == null
        ? table + name(column)
        : "CASE WHEN "
            + table
            + name(expireColumn)
            + "<=? THEN NULL ELSE "
            + table
            + name(column)
            + " END";
  }

  /** A column's name, quoted. */
  String name(String column) {
    return quote + fold(column) + quote;
  }

  /** Names of columns, quoted. */
  String names(List<String> columns) {
    return list(columns, this::name, ",");
  }

  /** A table's name, quoted; its schema, if it has one, by itself. */
  String table(String table) {
    return list(List.of(table.split("\\.", -1)), this::name, ".");
  }

  /** A name as the database has it in its catalogue. */
  String fold(String name) {
    return name;
  }

  /** Binds a value to a parameter, counted from 1. */
  void bind(PreparedStatement statement, int index, SqlValue value) throws SQLException {
    if (value instanceof SqlValue.Text text) {
      statement.setString(index, text.text());
    } else if (value instanceof SqlValue.Blob blob) {
      statement.setBytes(index, blob.bytes());
    } else if (value instanceof SqlValue.Real real) {
      statement.setDouble(index, real.number());
    } else if (value instanceof SqlValue.Null) {
      statement.setNull(index, Types.NULL);
    } else if (value instanceof SqlValue.Whole number) {
      if (number.number().bitLength() < Long.SIZE) {
        statement.setLong(index, number.number().longValue());
      } else if (this == SQLITE) {
        // It would be stored as a floating-point number, of which the last digits are wrong.
        throw new SQLException(number.number() + " is greater than SQLite's greatest integer");
      } else {
        statement.setBigDecimal(index, new BigDecimal(number.number()));
      }
    }
  }

  private static String mysqlType(ValueType type) {
    return switch (type) {
      case STRING -> "VARCHAR(255)";
      case UINT, INT -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case HEXBLOB -> "VARBINARY(255)";
      case UUID -> "CHAR(36)";
    };
  }

  private static String list(List<String> items, UnaryOperator<String> form, String separator) {
    return items.stream().map(form).collect(Collectors.joining(separator));
  }
}
