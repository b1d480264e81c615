package org.lastlogin.jdbc;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.lastlogin.Precision;
import org.lastlogin.TimePolicy;
import org.lastlogin.jdbc.sql.SqlValue;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.ValueType;

/**
 * The rule by which the values of a map are written. Immutable.
 *
 * @param policy what becomes of a value that is there already
 * @param times how the values are times; nothing if they are just values
 */
record ValueRule(WritePolicy policy, Optional<Times> times) {
  /** The rule of Dovecot: any value overwrites. */
  static final ValueRule DEFAULT = new ValueRule(WritePolicy.OVERWRITE, Optional.empty());

  /**
   * Values that are times.
   *
   * @param precision their unit
   * @param policy which times are taken
   */
  record Times(Precision precision, TimePolicy policy) {
    private SqlValue.Whole apply(SqlValue.Whole value) {
      Instant time = time(value.number());
      return SqlValue.Whole.of(precision.toNumber(policy.apply(time)));
    }

    private Instant time(BigInteger number) {
      try {
        return precision.toTime(number.longValueExact());
      } catch (ArithmeticException | DateTimeException e) {
        throw new IllegalArgumentException("there is no such time", e);
      }
    }
  }

  ValueRule with(WritePolicy other) {
    return new ValueRule(other, times);
  }

  ValueRule with(Times other) {
    return new ValueRule(policy, Optional.of(other));
  }

  /**
   * Returns the value to write.
   *
   * @throws IllegalArgumentException if it must not be; the message is the reason
   */
  SqlValue apply(SqlValue value) {
    if (times.isEmpty() || !(value instanceof SqlValue.Whole number)) {
      return value;
    }
    Times rule = times.get();
    try {
      return rule.apply(number);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "value "
              + number.number()
              + " ("
              + rule.precision().configName()
              + ", as last_login_precision has it): "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Returns why the rule is impossible for a map; empty if it is possible. To keep the newest needs
   * numbers: a map without {@code value_type} has text, even if its column holds numbers.
   */
  Optional<String> problem(DictMap map) {
    ValueType type = map.valueFields().get(0).type();
    boolean whole = type == ValueType.UINT || type == ValueType.INT;
    if (times.isPresent() && !whole) {
      return Optional.of(problem(map, type, "holds no times: say that it is uint or int"));
    }
    if (policy == WritePolicy.KEEP_NEWEST && !whole && type != ValueType.DOUBLE) {
      return Optional.of(
          problem(
              map, type, "has no newest value: say that it is uint, int or double, or overwrite"));
    }
    return Optional.empty();
  }

  private static String problem(DictMap map, ValueType type, String what) {
    return "The map of "
        + map.pattern()
        + ": its column "
        + map.valueFields().get(0).column()
        + " has the type "
        + type.configName()
        + ", which "
        + what;
  }
}
