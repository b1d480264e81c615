package org.lastlogin.jdbc.sql;

import java.math.BigDecimal;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lastlogin.map.ValueType;

/**
 * The differences between the databases' SQL: quotes of names, types of columns, binding of values.
 * The statements are in {@link SqlChanges}, {@link SqlQueries} and {@code SchemaSql}.
 *
 * <p>Names are quoted, so that reserved words may be names; values are always parameters.
 */
public enum SqlDialect {
  /** MariaDB, and MySQL before 8.0.19. */
  MARIADB('`', 65_535),

  /** MySQL from 8.0.19 on, which knows names for the new row of an upsert. */
  MYSQL('`', 65_535),

  /** PostgreSQL from 9.5 on. */
  POSTGRESQL('"', 65_535) {
    /** {@code C} orders and tells apart by code point, as {@code utf8mb4_bin} does. */
    @Override
    public String columnType(ValueType type) {
      return switch (type) {
        case STRING -> "VARCHAR(255) COLLATE \"C\"";
        case UINT, INT -> "BIGINT";
        case DOUBLE -> "DOUBLE PRECISION";
        case HEXBLOB -> "BYTEA";
        case UUID -> "UUID";
      };
    }

    /**
     * Folds a name as PostgreSQL does without quotes. Dovecot does not quote, so a map that says
     * {@code Last_Login} means {@code last_login}.
     */
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
  SQLITE('`', 32_766);

  private final char quote;
  private final int maxParameters;

  SqlDialect(char quote, int maxParameters) {
    this.quote = quote;
    this.maxParameters = maxParameters;
  }

  /**
   * Returns the dialect of a database.
   *
   * @throws SQLException if it is none of these, or the database cannot be asked
   */
  public static SqlDialect of(DatabaseMetaData database) throws SQLException {
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
   * Limits how long the next statements wait for locks to the shortest time that there is: none in
   * MariaDB, a second in MySQL. A rollback and then {@link #unlimitLockWaits} undo it.
   */
  String limitLockWaits() {
    return switch (this) {
      case MARIADB, MYSQL ->
          "SET @lastlogin_rows=@@SESSION.innodb_lock_wait_timeout,"
              + "@lastlogin_tables=@@SESSION.lock_wait_timeout,"
              + "SESSION innodb_lock_wait_timeout=%d,SESSION lock_wait_timeout=%<d"
                  .formatted(this == MARIADB ? 0 : 1);
      case POSTGRESQL -> "SET LOCAL lock_timeout='1ms'";
      // Its timeouts are those of locks, and say so.
      case SQLITE -> "";
    };
  }

  /** Undoes {@link #limitLockWaits}; empty if the rollback does. */
  String unlimitLockWaits() {
    return switch (this) {
      case MARIADB, MYSQL ->
          "SET SESSION innodb_lock_wait_timeout=@lastlogin_rows,"
              + "SESSION lock_wait_timeout=@lastlogin_tables,"
              + "@lastlogin_rows=NULL,@lastlogin_tables=NULL";
      case POSTGRESQL, SQLITE -> "";
    };
  }

  /**
   * Asks whether a lock timeout ends the transaction; empty if it never does. It never ends that of
   * a single statement.
   */
  String queryRollbackOnTimeout() {
    return switch (this) {
      case MARIADB, MYSQL -> "SELECT @@GLOBAL.innodb_rollback_on_timeout";
      case POSTGRESQL, SQLITE -> "";
    };
  }

  /**
   * Returns the options of a table that is created.
   *
   * <p>The collation is binary, since keys of a dict differ if a single byte differs. The usual
   * collations take Alice and alice, or e and é, for the same row.
   */
  public String tableOptions() {
    return switch (this) {
      case MARIADB, MYSQL -> " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";
      case POSTGRESQL, SQLITE -> "";
    };
  }

  /**
   * Returns the type of a column that is created. Every supported version of a database has it:
   * hence {@code CHAR(36)} for a UUID, for which MariaDB has a type since 10.7. A {@code uint} is a
   * signed {@code BIGINT}, because a difference cannot be negative in MySQL's unsigned one; numbers
   * from 2^63 on are not times, and PostgreSQL has no type for them.
   */
  public String columnType(ValueType type) {
    return switch (type) {
      case STRING -> "VARCHAR(255)";
      case UINT, INT -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case HEXBLOB -> this == SQLITE ? "BLOB" : "VARBINARY(255)";
      case UUID -> "CHAR(36)";
    };
  }

  /** Returns the maximum number of parameters of a statement. */
  int maxParameters() {
    return maxParameters;
  }

  /** Returns the WHERE that finds a row that has not expired. */
  String where(List<String> keyColumns, @Nullable String expireColumn) {
    List<Criterion> conditions = new ArrayList<>(Criterion.equal(keyColumns));
    if (expireColumn != null) {
      conditions.add(new Criterion(expireColumn, Criterion.Kind.NOT_EXPIRED));
    }
    return where(conditions);
  }

  /** Returns the WHERE that finds rows. */
  String where(List<Criterion> conditions) {
    return conditions.isEmpty() ? "" : " WHERE " + conditions(conditions);
  }

  /** Conditions that all must hold. */
  String conditions(List<Criterion> conditions) {
    return list(conditions, condition -> condition.sql(name(condition.column())), " AND ");
  }

  /** Returns a column's name, quoted. */
  public String name(String column) {
    return quote + fold(column) + quote;
  }

  /** Names of columns, quoted. */
  public String names(List<String> columns) {
    return list(columns, this::name, ",");
  }

  /** Returns a table's name, quoted; its schema, if it has one, by itself. */
  public String table(String table) {
    return list(List.of(table.split("\\.", -1)), this::name, ".");
  }

  /** Returns a name as the database has it in its catalogue. */
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
        // It would be stored as a floating-point number, whose last digits are wrong.
        throw new SQLException(number.number() + " is greater than SQLite's greatest integer");
      } else {
        statement.setBigDecimal(index, new BigDecimal(number.number()));
      }
    }
  }

  private static <T> String list(List<T> items, Function<T, String> form, String separator) {
    return items.stream().map(form).collect(Collectors.joining(separator));
  }
}
