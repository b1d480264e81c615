package org.lastlogin.jdbc.schema;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.lastlogin.Precision;
import org.lastlogin.jdbc.schema.ColumnNeed.Content;
import org.lastlogin.jdbc.schema.SchemaDiagnostic.Impact;
import org.lastlogin.jdbc.schema.SchemaDiagnostic.Kind;
import org.lastlogin.jdbc.schema.TableShape.ColumnShape;
import org.lastlogin.jdbc.sql.SqlDialect;
import org.lastlogin.map.ValueType;

/**
 * Compares the type of a column with its values. Only what damages or refuses values is reported,
 * not what could be written more neatly. Immutable.
 */
final class ColumnCheck {
  /** The longest address that mail can be sent to (RFC 5321, without the angle brackets). */
  private static final int MAILBOX_LENGTH = 254;

  private static final int UUID_LENGTH = 36;

  /** A fixed day in the past, so that the result of a check does not change. */
  private static final Instant TODAY = Instant.parse("2026-01-01T00:00:00Z");

  /** A column whose times end later than this is wide enough for us. */
  private static final Instant FAR_FUTURE = Instant.parse("2200-01-01T00:00:00Z");

  private static final BigInteger LONG = BigInteger.valueOf(Long.MAX_VALUE);

  private final SqlDialect dialect;
  private final Precision precision;

  ColumnCheck(SqlDialect dialect, Precision precision) {
    this.dialect = dialect;
    this.precision = precision;
  }

  /** Returns what is wrong with a column's type, if anything is. */
  Optional<ColumnFinding> check(ColumnNeed need, ColumnShape column) {
    ColumnKind kind = ColumnKind.of(dialect, column.type());
    return switch (type(need, kind)) {
      case STRING -> string(need, kind, column.type());
      case UINT, INT -> whole(need, kind, column.type());
      case DOUBLE -> real(kind, column.type());
      case HEXBLOB -> bytes(kind, column.type());
      case UUID -> uuid(kind, column.type());
    };
  }

  /** Returns a type that fits what is kept in a column. */
  String mend(ColumnNeed need, ColumnShape column) {
    return dialect.columnType(type(need, ColumnKind.of(dialect, column.type())));
  }

  /**
   * Returns the type of the values. A map that names no type has text, and yet works with times in
   * a column of numbers.
   */
  private static ValueType type(ColumnNeed need, ColumnKind kind) {
    boolean number = kind instanceof ColumnKind.Whole || kind instanceof ColumnKind.Real;
    return need.content() == Content.LOGIN_TIME && need.type() == ValueType.STRING && number
        ? ValueType.UINT
        : need.type();
  }

  private Optional<ColumnFinding> string(ColumnNeed need, ColumnKind kind, String type) {
    if (kind instanceof ColumnKind.TextOrNumber) {
      return wrong(
          Impact.DEGRADES,
          "SQLite takes the type " + type + " for that of numbers, and makes 7 of the text 007");
    }
    if (kind instanceof ColumnKind.Bytes && dialect == SqlDialect.POSTGRESQL) {
      return wrong(Impact.DEGRADES, "texts are read back from " + type + " in hexadecimal");
    }
    boolean narrow =
        need.content() == Content.MAILBOX
            && kind instanceof ColumnKind.Text text
            && text.length().orElse(MAILBOX_LENGTH) < MAILBOX_LENGTH;
    return narrow
        ? narrow(
            Impact.DEGRADES,
            type + " is too short: a mailbox's name has up to " + MAILBOX_LENGTH + " characters")
        : Optional.empty();
  }

  private Optional<ColumnFinding> whole(ColumnNeed need, ColumnKind kind, String type) {
    if (kind instanceof ColumnKind.Whole whole) {
      if (whole.fraction()) {
        return wrong(Impact.DEGRADES, type + " gives whole numbers back with a fraction");
      }
      return need.content() == Content.ANY
          ? number(need.type(), whole, type)
          : time(need.content(), whole, type);
    }
    if (kind instanceof ColumnKind.Real) {
      return wrong(
          Impact.DEGRADES, type + " does not keep all digits of a whole number, nor its form");
    }
    return notANumber(kind, type);
  }

  private Optional<ColumnFinding> number(ValueType type, ColumnKind.Whole whole, String name) {
    boolean negative = type == ValueType.INT && whole.least().signum() == 0;
    boolean small = whole.greatest().compareTo(LONG) < 0;
    return negative || small
        ? narrow(
            Impact.DEGRADES,
            String.format(
                "%s holds numbers from %d to %d only, and the values have 64 bits",
                name, whole.least(), whole.greatest()))
        : Optional.empty();
  }

  private Optional<ColumnFinding> time(Content content, ColumnKind.Whole whole, String type) {
    Precision unit = content == Content.EXPIRY ? Precision.SECONDS : precision;
    long greatest = whole.greatest().min(LONG).longValue();
    String name = unit.name().toLowerCase(Locale.ROOT);
    if (greatest < unit.toNumber(TODAY)) {
      return narrow(Impact.BREAKS, type + " has no room for a time of today in " + name);
    }
    if (greatest >= unit.toNumber(FAR_FUTURE)) {
      return Optional.empty();
    }
    return narrow(
        Impact.DEGRADES,
        type + " has room for times in " + name + " until " + unit.toTime(greatest));
  }

  private Optional<ColumnFinding> real(ColumnKind kind, String type) {
    if (dialect == SqlDialect.SQLITE && kind instanceof ColumnKind.Whole) {
      return Optional.empty();
    }
    if (kind instanceof ColumnKind.Real real) {
      return real.isDouble()
          ? Optional.empty()
          : narrow(Impact.DEGRADES, type + " keeps 6 digits of a number only");
    }
    if (kind instanceof ColumnKind.Whole whole) {
      return whole.fraction()
          ? Optional.empty()
          : wrong(Impact.DEGRADES, type + " keeps no digits after the point");
    }
    return notANumber(kind, type);
  }

  private Optional<ColumnFinding> notANumber(ColumnKind kind, String type) {
    if (kind instanceof ColumnKind.Anything || kind instanceof ColumnKind.TextOrNumber) {
      return Optional.empty();
    }
    boolean text =
        kind instanceof ColumnKind.Text
            || (kind instanceof ColumnKind.Bytes && dialect != SqlDialect.POSTGRESQL);
    if (!text) {
      return wrong(Impact.BREAKS, type + " cannot take a number");
    }
    return wrong(
        Impact.DEGRADES,
        type
            + " takes numbers for text: 10 comes before 9"
            + (dialect == SqlDialect.POSTGRESQL ? ", and nothing can be added" : ""));
  }

  private Optional<ColumnFinding> bytes(ColumnKind kind, String type) {
    boolean fits = dialect == SqlDialect.SQLITE || kind instanceof ColumnKind.Bytes;
    return fits ? Optional.empty() : wrong(Impact.BREAKS, type + " cannot take bytes");
  }

  private Optional<ColumnFinding> uuid(ColumnKind kind, String type) {
    if (kind instanceof ColumnKind.Text text) {
      return text.length().orElse(UUID_LENGTH) < UUID_LENGTH
          ? narrow(Impact.BREAKS, type + " is too short: a UUID has 36 characters")
          : Optional.empty();
    }
    boolean fits = dialect == SqlDialect.SQLITE || kind instanceof ColumnKind.Uuid;
    return fits ? Optional.empty() : wrong(Impact.BREAKS, type + " cannot take a UUID as text");
  }

  private static Optional<ColumnFinding> wrong(Impact impact, String message) {
    return Optional.of(ColumnFinding.wrong(impact, message));
  }

  private static Optional<ColumnFinding> narrow(Impact impact, String message) {
    return Optional.of(ColumnFinding.narrow(impact, message));
  }

  /** A finding that a column's type does not fit its values. Immutable. */
  record ColumnFinding(Impact impact, Kind kind, String message) {
    static ColumnFinding wrong(Impact impact, String message) {
      return new ColumnFinding(impact, Kind.WRONG_TYPE, message);
    }

    static ColumnFinding narrow(Impact impact, String message) {
      return new ColumnFinding(impact, Kind.TOO_NARROW, message);
    }
  }
}
