package org.lastlogin.dictproto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes numbers as decimal digits, three at a time. */
final class Decimal {
  /**
   * How many bytes an array must have from where a number begins: those of the longest number with
   * its sign, and one more that may be overwritten.
   */
  static final int MAX_BYTES = 21;

  private static final VarHandle FOUR_BYTES =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  static final int THOUSAND = 1000;
  static final int DIGITS = 3;
  private static final int COUNT_SHIFT = DIGITS * Byte.SIZE;

  /**
   * For each number below a thousand: its three digits, and above them the count of leading zeros.
   */
  private static final int[] TRIPLES = new int[THOUSAND];

  static {
    for (int i = 0; i < THOUSAND; i++) {
      int zeros = i < 10 ? 2 : i < 100 ? 1 : 0;
      TRIPLES[i] =
          digit(i / 100) | (digit(i / 10) << 8) | (digit(i) << 16) | (zeros << COUNT_SHIFT);
    }
  }

  private Decimal() {}

  private static int digit(int last) {
    return '0' + last % 10;
  }

  /** Writes a number into an array that has room for it; returns where it ends. */
  static int write(long value, byte[] into, int at) {
    if (value < 0) {
      byte[] digits = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(digits, 0, into, at, digits.length);
      return at + digits.length;
    }
    if (value < THOUSAND) {
      return writeFirst(TRIPLES[(int) value], into, at);
    }
    long thousands = value / THOUSAND;
    return writeGroup((int) (value - thousands * THOUSAND), into, write(thousands, into, at));
  }

  /** Writes three digits into an array that has room for four; returns where they end. */
  static int writeGroup(int belowThousand, byte[] into, int at) {
    FOUR_BYTES.set(into, at, TRIPLES[belowThousand]);
    return at + DIGITS;
  }

  private static int writeFirst(int triple, byte[] into, int at) {
    int zeros = triple >>> COUNT_SHIFT;
    FOUR_BYTES.set(into, at, triple >>> (zeros * Byte.SIZE));
    return at + DIGITS - zeros;
  }
}
