package org.lastlogin.jdbc.schema;

import java.math.BigInteger;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lastlogin.jdbc.sql.SqlDialect;

/** The kind of values that a column can hold, by the name of its type. Immutable. */
sealed interface ColumnKind {

  /** Whole numbers, exactly; decimal ones too, if there are digits after the point. */
  record Whole(BigInteger least, BigInteger greatest, boolean fraction) implements ColumnKind {
    static Whole signed(int bits) {
      BigInteger end = BigInteger.ONE.shiftLeft(bits - 1);
      return new Whole(end.negate(), end.subtract(BigInteger.ONE), false);
    }

    static Whole decimal(int digits, boolean fraction) {
      BigInteger greatest = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
      return new Whole(greatest.negate(), greatest, fraction);
    }

    /** Returns the range of the same width without a sign. */
    Whole unsigned() {
      return new Whole(BigInteger.ZERO, greatest.add(greatest).add(BigInteger.ONE), fraction);
    }
  }

  /** Floating-point numbers: with double or single precision. */
  record Real(boolean isDouble) implements ColumnKind {}

  /** Text of so many characters; any number of them if empty. */
  record Text(OptionalLong length) implements ColumnKind {}

  /** Bytes. */
  record Bytes() implements ColumnKind {}

  /** UUIDs. */
  record Uuid() implements ColumnKind {}

  /** Dates and times. */
  record Time() implements ColumnKind {}

  /** Any value, unchanged. */
  record Anything() implements ColumnKind {}

  /** Text, unless it looks like a number: what SQLite makes of types it does not know. */
  record TextOrNumber() implements ColumnKind {}

  /** Any type that none of our values has. */
  record Foreign() implements ColumnKind {}

  /** Returns the kind of a type in a dialect. */
  static ColumnKind of(SqlDialect dialect, String type) {
    return dialect == SqlDialect.SQLITE
        ? Names.affinity(type.toUpperCase(Locale.ROOT))
        : Names.kind(type.toLowerCase(Locale.ROOT));
  }

  /** The names of types. */
  final class Names {
    private static final Pattern TYPE =
        Pattern.compile("([a-z ]+?) ?(?:\\((\\d+)(?:, ?(\\d+))?\\))?( unsigned)?(?: .*)?");

    private static final Set<String> NUMERIC =
        Set.of("NUMERIC", "DECIMAL", "BOOLEAN", "DATE", "DATETIME", "TIMESTAMP", "NUMBER");

    private Names() {}

    /**
     * Returns the kind of MySQL's, MariaDB's and PostgreSQL's types, by the first word of their
     * names.
     */
    private static ColumnKind kind(String type) {
      Matcher parts = TYPE.matcher(type.replace("character varying", "varchar"));
      if (!parts.matches()) {
        return new Foreign();
      }
      ColumnKind kind = kind(parts);
      return kind instanceof Whole whole && parts.group(4) != null ? whole.unsigned() : kind;
    }

    private static ColumnKind kind(Matcher parts) {
      String length = parts.group(2);
      return switch (parts.group(1)) {
        case "tinyint" -> Whole.signed(8);
        case "smallint" -> Whole.signed(16);
        case "mediumint" -> Whole.signed(24);
        case "int", "integer" -> Whole.signed(32);
        case "bigint" -> Whole.signed(64);
        case "decimal", "numeric" -> decimal(length, parts.group(3));
        case "double" -> new Real(true);
        case "float", "real" -> new Real(false);
        case "char", "varchar", "character" ->
            new Text(
                length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length)));
        case "text", "mediumtext", "longtext", "citext" -> new Text(OptionalLong.empty());
        case "tinytext" -> new Text(OptionalLong.of(255));
        case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bytea" ->
            new Bytes();
        case "uuid" -> new Uuid();
        case "date", "datetime", "timestamp" -> new Time();
        default -> new Foreign();
      };
    }

    private static ColumnKind decimal(@Nullable String digits, @Nullable String scale) {
      int fraction = scale == null ? 0 : Integer.parseInt(scale);
      // Without a width, PostgreSQL's have more digits than anybody counts.
      int whole = digits == null ? 1000 : Integer.parseInt(digits) - fraction;
      return Whole.decimal(Math.max(0, whole), fraction > 0);
    }

    /** Returns the kind of SQLite's type, by the words it contains. */
    private static ColumnKind affinity(String type) {
      if (type.contains("INT")) {
        return Whole.signed(64);
      }
      if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
        return new Text(OptionalLong.empty());
      }
      if (type.contains("BLOB") || type.isEmpty()) {
        return new Anything();
      }
      if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
        return new Real(true);
      }
      boolean numeric = NUMERIC.contains(type.replaceFirst(" *\\(.*", ""));
      return numeric ? Whole.signed(64) : new TextOrNumber();
    }
  }
}
