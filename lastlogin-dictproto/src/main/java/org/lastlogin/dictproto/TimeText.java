package org.lastlogin.dictproto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes times as replies end with them: TAB, the seconds, TAB, the microseconds. Under load a
 * server writes many times within one millisecond, which differ only in their last three digits:
 * the other digits are kept and written again. Not safe for use by several threads.
 */
final class TimeText {
  /** How many bytes an array must have from where a time begins. */
  static final int MAX_BYTES = 2 * (1 + Decimal.MAX_BYTES);

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MAX_KEPT = 2 * Long.BYTES;
  private static final long MICROS = 1_000_000;

  /** The start of the last time's millisecond; long before 1970 if there was none. */
  private long start = Long.MIN_VALUE / 2;

  /** The text with which all times of the millisecond begin, and its length in bytes. */
  private long firstHalf;

  private long secondHalf;
  private int length;

  /** Writes a time, in microseconds, into an array that has room for it; returns where it ends. */
  int write(long micros, byte[] into, int at) {
    long rest = micros - start;
    if (rest < 0 || rest >= Decimal.THOUSAND) {
      return writeAll(micros, into, at);
    }
    WORD.set(into, at, firstHalf);
    WORD.set(into, at + Long.BYTES, secondHalf);
    return Decimal.writeGroup((int) rest, into, at + length);
  }

  private int writeAll(long micros, byte[] into, int at) {
    long second = micros / MICROS;
    long rest = micros - second * MICROS;
    into[at] = '\t';
    int secondEnd = Decimal.write(second, into, at + 1);
    into[secondEnd] = '\t';
    int end = Decimal.write(rest, into, secondEnd + 1);
    int kept = end - Decimal.DIGITS - at;
    // In the first millisecond of a second, the numbers are shorter.
    if (rest >= Decimal.THOUSAND && kept <= MAX_KEPT) {
      start = micros - rest % Decimal.THOUSAND;
      firstHalf = (long) WORD.get(into, at);
      secondHalf = (long) WORD.get(into, at + Long.BYTES);
      length = kept;
    }
    return end;
  }
}
