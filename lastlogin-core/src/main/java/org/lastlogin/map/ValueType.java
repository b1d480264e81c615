package org.lastlogin.map;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of columns: how text in a key or value becomes a value of a column, and back. */
public enum ValueType {
  /** Text, unchanged. */
  STRING,
  /** A decimal number from 0 to 2<sup>64</sup>-1. */
  UINT,
  /** A decimal number from -2<sup>63</sup> to 2<sup>63</sup>-1. */
  INT,
  /** A number with a fraction, of the precision that IEEE 754 calls double. Since Dovecot 2.4. */
  DOUBLE,
  /** Bytes, written as an even number of hexadecimal digits. */
  HEXBLOB,
  /** A UUID of 32 hexadecimal digits in five groups, as RFC 9562 writes it. Since Dovecot 2.4. */
  UUID;

  /** The name that stands for this type in a configuration. */
  public String configName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of that name in a configuration. */
  public static Optional<ValueType> ofConfigName(String name) {
    return Arrays.stream(values()).filter(type -> type.configName().equals(name)).findFirst();
  }

  /** Returns all names that a configuration may have, for messages. */
  public static String configNames() {
    return Arrays.stream(values()).map(ValueType::configName).collect(Collectors.joining(", "));
  }
}
