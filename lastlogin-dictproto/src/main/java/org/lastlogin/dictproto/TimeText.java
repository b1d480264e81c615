package org.lastlogin.dictproto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes times as replies end with them: TAB, the seconds, TAB, the microseconds. There are two in
 * almost every reply, and many replies in a second: the digits of the last second are kept. Not
 * safe for use by several threads.
 */
final class TimeText {
  /** How many bytes an array must have from where a time begins. */
  static final int MAX_BYTES = 2 * Long.BYTES + 1 + Decimal.MAX_BYTES;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long MICROS = 1_000_000;

  private long second = -1;

  /** Its TAB and digits, of which there are 13 at most, and how many bytes these are. */
  private long firstHalf;

  private long secondHalf;
  private int length;

  /** Writes a time, in microseconds, into an array that has room for it; returns where it ends. */
  int write(long micros, byte[] into, int at) {
    long seconds = micros / MICROS;
    if (seconds != second) {
      keep(seconds);
    }
    WORD.set(into, at, firstHalf);
    WORD.set(into, at + Long.BYTES, secondHalf);
    into[at + length] = '\t';
    return Decimal.write(micros - seconds * MICROS, into, at + length + 1);
  }

  private void keep(long seconds) {
    byte[] text = new byte[1 + Decimal.MAX_BYTES];
    text[0] = '\t';
    length = Decimal.write(seconds, text, 1);
    firstHalf = (long) WORD.get(text, 0);
    secondHalf = (long) WORD.get(text, Long.BYTES);
    second = seconds;
  }
}
