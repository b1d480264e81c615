package org.lastlogin.dictproto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes together: those that mean anything in a line are rare. What is found is a
 * word that has the highest bit of each such byte, the first byte lowest.
 */
final class ByteWords {
  /** How many bytes are looked at; as many must be in the array from where they begin. */
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

  /** The first LF of eight bytes; what is behind it may be taken for another. */
  static long lineFeeds(byte[] bytes, int at) {
    long zeros = (long) WORD.get(bytes, at) ^ LINE_FEEDS;
    return (zeros - ONES) & ~zeros & HIGH_BITS;
  }

  /** Those of eight bytes that are control characters or not ASCII. */
  static long unprintable(byte[] bytes, int at) {
    long word = (long) WORD.get(bytes, at);
    long printable = (word & LOW_BITS) + TO_BLANK;
    return (~printable | word) & HIGH_BITS;
  }

  /** The position among the eight bytes of the first that was found. */
  static int first(long found) {
    return Long.numberOfTrailingZeros(found) / Byte.SIZE;
  }
}
