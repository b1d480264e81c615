package org.lastlogin.dictproto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches eight bytes at a time, since bytes that have a meaning in a line are rare. The result is
 * a word with the highest bit of each byte that was found, the first byte lowest.
 */
final class ByteWords {
  /** How many bytes are searched at a time; the array must have as many from where they begin. */
  static final int BYTES = Long.BYTES;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long LOW_BITS = 0x7F * ONES;
  private static final long HIGH_BITS = ~LOW_BITS;
  private static final long LINE_FEEDS = '\n' * ONES;

  /** Added to seven bits of each byte, it sets the eighth unless they are below a blank. */
  private static final long TO_BLANK = (0x80 - ' ') * ONES;

  private ByteWords() {}

  /** Returns the first LF of eight bytes. Bytes after it may be found by error. */
  static long lineFeeds(byte[] bytes, int at) {
    long zeros = (long) WORD.get(bytes, at) ^ LINE_FEEDS;
    return (zeros - ONES) & ~zeros & HIGH_BITS;
  }

  /** Returns those of eight bytes that are control characters or not ASCII. */
  static long unprintable(byte[] bytes, int at) {
    long word = (long) WORD.get(bytes, at);
    long printable = (word & LOW_BITS) + TO_BLANK;
    return (~printable | word) & HIGH_BITS;
  }

  /** Returns the index of the first byte that was found. */
  static int first(long found) {
    return Long.numberOfTrailingZeros(found) / Byte.SIZE;
  }
}
