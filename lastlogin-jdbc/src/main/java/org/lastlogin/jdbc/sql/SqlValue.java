package org.lastlogin.jdbc.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lastlogin.map.ValueField;
import org.lastlogin.map.ValueType;

/**
 * A value on its way into a statement. Always bound as a parameter, never part of the text.
 * Immutable; ordered, so that the rows of a statement can be in key order.
 */
public sealed interface SqlValue extends Comparable<SqlValue> {

  /** Text. */
  record Text(String text) implements SqlValue {
    @Override
    public int compareTo(SqlValue other) {
      return other instanceof Text that ? text.compareTo(that.text) : byKind(this, other);
    }
  }

  /** A whole number: 64 bits with or without sign, hence more than a long. */
  record Whole(BigInteger number) implements SqlValue {
    public static Whole of(long number) {
      return new Whole(BigInteger.valueOf(number));
    }

    @Override
    public int compareTo(SqlValue other) {
      return other instanceof Whole that ? number.compareTo(that.number) : byKind(this, other);
    }
  }

  /** A number with a fraction. */
  record Real(double number) implements SqlValue {
    @Override
    public int compareTo(SqlValue other) {
      return other instanceof Real that ? Double.compare(number, that.number) : byKind(this, other);
    }
  }

  /** Bytes, kept as lower case hexadecimal digits: those compare like the bytes themselves. */
  record Blob(String hex) implements SqlValue {
    byte[] bytes() {
      return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(SqlValue other) {
      return other instanceof Blob that ? hex.compareTo(that.hex) : byKind(this, other);
    }
  }

  /** Returns the greater of two values. */
  static SqlValue greater(SqlValue a, SqlValue b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  /** No value. */
  record Null() implements SqlValue {
    @Override
    public int compareTo(SqlValue other) {
      return other instanceof Null ? 0 : byKind(this, other);
    }
  }

  /** Returns about how many characters or bytes it takes. */
  default int length() {
    if (this instanceof Text text) {
      return text.text().length();
    }
    return this instanceof Blob blob ? blob.hex().length() : Long.BYTES;
  }

  private static int byKind(SqlValue a, SqlValue b) {
    return a.getClass().getSimpleName().compareTo(b.getClass().getSimpleName());
  }

  /** Returns the value that a text means in a type, or {@code null} if it means none. */
  static @Nullable SqlValue parse(ValueType type, String text) {
    return switch (type) {
      case STRING -> new Text(text);
      case UINT -> Limits.UINT.parse(text);
      case INT -> Limits.INT.parse(text);
      case DOUBLE -> Forms.real(text);
      case UUID ->
          Forms.UUID.matcher(text).matches() ? new Text(text.toLowerCase(Locale.ROOT)) : null;
      case HEXBLOB ->
          Forms.HEX.matcher(text).matches() ? new Blob(text.toLowerCase(Locale.ROOT)) : null;
    };
  }

  /** Returns a column of a row as text, as a dict has it; NULL is empty. */
  static String read(ValueType type, ResultSet row, int column) throws SQLException {
    if (type == ValueType.HEXBLOB) {
      byte @Nullable [] bytes = row.getBytes(column);
      return bytes == null ? "" : HexFormat.of().formatHex(bytes);
    }
    if (type == ValueType.DOUBLE
        && row.getObject(column) instanceof Double number
        && Double.isFinite(number)) {
      return Forms.text(number);
    }
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  /** Returns the values of a row as text, the first of them in a column counted from 1. */
  static List<String> readAll(List<ValueField> fields, ResultSet row, int first)
      throws SQLException {
    List<String> values = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      values.add(read(fields.get(i).type(), row, first + i));
    }
    return values;
  }

  /** Returns the words of Dovecot's messages for what {@link #parse} expects. */
  static String expectation(ValueType type) {
    return switch (type) {
      case STRING -> "text";
      case UINT -> "64bit unsigned integer";
      case INT -> "64bit signed integer";
      case DOUBLE -> "a double";
      case HEXBLOB -> "hexblob";
      case UUID -> "an uuid";
    };
  }

  /** The forms of values other than whole numbers. */
  final class Forms {
    /** Decimal, with or without an exponent. */
    private static final Pattern REAL =
        Pattern.compile("[-+]?(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][-+]?[0-9]{1,3}+)?+");

    private static final Pattern UUID =
        Pattern.compile("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** An even number of digits; none at all is an empty blob. */
    private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2})*+");

    private Forms() {}

    private static @Nullable SqlValue real(String text) {
      if (!REAL.matcher(text).matches()) {
        return null;
      }
      double number = Double.parseDouble(text);
      // Adding 0 turns -0 into 0, which databases take for the same key.
      return Double.isFinite(number) ? new Real(number + 0.0) : null;
    }

    /**
     * Returns a number as MariaDB prints it, whatever database it comes from: 100 and not 100.0,
     * 1e15 and not 1E15 or 1e+15. Each driver has another form.
     */
    private static String text(double number) {
      BigDecimal decimal = BigDecimal.valueOf(number).stripTrailingZeros();
      int exponent = decimal.precision() - decimal.scale() - 1;
      return decimal.signum() == 0 || (exponent >= -4 && exponent < 15)
          ? decimal.toPlainString()
          : decimal.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
    }
  }

  /** The forms and limits of whole numbers. */
  enum Limits {
    UINT("[0-9]{1,40}", BigInteger.ZERO, BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE)),
    INT("-?[0-9]{1,40}", BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE));

    /** Numbers of so many digits are less than 2^63. */
    private static final int MAX_SMALL = 18;

    private final Pattern digits;
    private final BigInteger least;
    private final BigInteger greatest;

    Limits(String digits, BigInteger least, BigInteger greatest) {
      this.digits = Pattern.compile(digits);
      this.least = least;
      this.greatest = greatest;
    }

    private @Nullable SqlValue parse(String text) {
      if (isSmall(text)) {
        return Whole.of(Long.parseLong(text));
      }
      if (!digits.matcher(text).matches()) {
        return null;
      }
      BigInteger number = new BigInteger(text);
      boolean fits = number.compareTo(least) >= 0 && number.compareTo(greatest) <= 0;
      return fits ? new Whole(number) : null;
    }

    /** Returns whether it is a number as nearly all are, which fits everywhere. */
    private static boolean isSmall(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) < '0' || text.charAt(i) > '9') {
          return false;
        }
      }
      return !text.isEmpty() && text.length() <= MAX_SMALL;
    }
  }
}
