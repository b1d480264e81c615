package org.lastlogin.dictproto;

import java.nio.charset.StandardCharsets;

/** Numbers as decimal digits. A reply has four of them, which is most of what it costs. */
final class Decimal {
  private static final int HUNDRED = 100;

  /** The two digits of every number below a hundred, side by side. */
  private static final byte[] PAIRS = new byte[2 * HUNDRED];

  static {
    for (int i = 0; i < HUNDRED; i++) {
      PAIRS[2 * i] = (byte) ('0' + i / 10);
      PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
    }
  }

  private Decimal() {}

  /** Writes a number into an array that has room for it; returns where it ends. */
  static int write(long value, byte[] into, int at) {
    if (value < 0) {
      byte[] digits = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(digits, 0, into, at, digits.length);
      return at + digits.length;
    }
    int end = at + digits(value);
    int i = end;
    long rest = value;
    // Numbers of 32 bits divide faster.
    while (rest > Integer.MAX_VALUE) {
      i = pair((int) (rest % HUNDRED), into, i);
      rest /= HUNDRED;
    }
    int low = (int) rest;
    while (low >= HUNDRED) {
      i = pair(low % HUNDRED, into, i);
      low /= HUNDRED;
    }
    if (low >= 10) {
      pair(low, into, i);
    } else {
      into[i - 1] = (byte) ('0' + low);
    }
    return end;
  }

  private static int pair(int below100, byte[] into, int end) {
    into[end - 1] = PAIRS[2 * below100 + 1];
    into[end - 2] = PAIRS[2 * below100];
    return end - 2;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long power = 10; digits < 19 && value >= power; power *= 10) {
      digits++;
    }
    return digits;
  }
}
