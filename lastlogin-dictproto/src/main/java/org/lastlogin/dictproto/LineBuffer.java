package org.lastlogin.dictproto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Collects the bytes that a peer sends and cuts them into lines and fields, however they arrive.
 * Every byte is looked at once. Not safe for use by several threads.
 *
 * <p>Eight bytes are looked at together: those that mean anything here, control characters and the
 * bytes of non-ASCII text, are rare.
 */
final class LineBuffer {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  /** Added to seven bits of each byte, it sets the eighth unless they are below a blank. */
  private static final long TO_BLANK = 0x6060_6060_6060_6060L;

  private static final int INITIAL_CAPACITY = 256;

  /** A buffer that grew beyond this for long lines is not kept. */
  private static final int KEPT_CAPACITY = 16 * 1024;

  private static final int INITIAL_FIELDS = 8;

  static final byte ESCAPE = 0x01;

  /** What a field may need besides being copied. */
  static final int ESCAPED = 1;

  static final int NON_ASCII = 2;
  private static final int FLAG_BITS = 2;

  private final int maxBytes;
  private final int maxFields;

  private byte[] bytes = new byte[INITIAL_CAPACITY];

  /** Where the line begins, how far it was looked at, and where the bytes end. */
  private int start;

  private int scanned;
  private int end;

  /** Where the fields end, from the line's start, above the flags of the field. */
  private int[] fields = new int[INITIAL_FIELDS];

  private int fieldCount;
  private int flags;
  private boolean complete;

  /**
   * An empty buffer.
   *
   * @param maxBytes how long a line may be, without its LF
   * @param maxFields how many fields it may have
   */
  LineBuffer(int maxBytes, int maxFields) {
    this.maxBytes = maxBytes;
    this.maxFields = maxFields;
  }

  /** Takes a part of an array. */
  void feed(byte[] more, int from, int count) {
    reserve(count);
    System.arraycopy(more, from, bytes, end, count);
    end += count;
  }

  /** Takes all remaining bytes of a buffer. */
  void feed(ByteBuffer more) {
    int count = more.remaining();
    reserve(count);
    more.get(bytes, end, count);
    end += count;
  }

  /**
   * Goes on to the next line; says whether it is there as a whole.
   *
   * @throws DictProtocolException if it is too long or has too many fields
   */
  boolean nextLine() {
    if (complete) {
      dropLine();
    }
    while (scanned <= end - Long.BYTES) {
      for (long marks = marks((long) WORD.get(bytes, scanned)); marks != 0; marks &= marks - 1) {
        if (endsLine(scanned + (Long.numberOfTrailingZeros(marks) / Byte.SIZE))) {
          return true;
        }
      }
      scanned += Long.BYTES;
      requireLength(scanned - start);
    }
    for (; scanned < end; scanned++) {
      byte b = bytes[scanned];
      if (b < ' ' && endsLine(scanned)) {
        return true;
      }
      requireLength(scanned + 1 - start);
    }
    return false;
  }

  /** Whether there is something behind the line that was last gone to. */
  boolean holdsBytes() {
    return end > (complete ? scanned : start);
  }

  /** The highest bit of each byte that is a control character or not ASCII. */
  private static long marks(long word) {
    long printable = (word & LOW_BITS) + TO_BLANK;
    return (~printable | word) & HIGH_BITS;
  }

  /** Notes what an unusual byte means; says whether it ends the line. */
  private boolean endsLine(int at) {
    byte b = bytes[at];
    if (b == '\n') {
      requireLength(at - start);
      endField(at);
      scanned = at + 1;
      complete = true;
      return true;
    }
    if (b == '\t') {
      // In the order in which single bytes would show it.
      requireLength(at + 1 - start);
      endField(at);
      if (fieldCount == maxFields) {
        throw new DictProtocolException("A line has more than " + maxFields + " fields");
      }
    } else if (b == ESCAPE) {
      flags |= ESCAPED;
    } else if (b < 0) {
      flags |= NON_ASCII;
    }
    return false;
  }

  private void endField(int at) {
    if (fieldCount == fields.length) {
      fields = Arrays.copyOf(fields, 2 * fieldCount);
    }
    fields[fieldCount++] = ((at - start) << FLAG_BITS) | flags;
    flags = 0;
  }

  private void requireLength(int length) {
    if (length > maxBytes) {
      throw new DictProtocolException("A line is longer than " + maxBytes + " bytes");
    }
  }

  private void dropLine() {
    start = scanned;
    fieldCount = 0;
    complete = false;
    if (start == end) {
      start = 0;
      scanned = 0;
      end = 0;
      if (bytes.length > KEPT_CAPACITY) {
        bytes = new byte[INITIAL_CAPACITY];
        fields = new int[INITIAL_FIELDS];
      }
    }
  }

  private void reserve(int more) {
    if (bytes.length - end >= more) {
      return;
    }
    int held = end - start;
    // Only if it makes much room: else the bytes of one line could be moved again and again.
    boolean moveSuffices = bytes.length - held >= more && start >= held;
    byte[] target =
        moveSuffices ? bytes : new byte[Math.max(Math.addExact(held, more), 2 * bytes.length)];
    System.arraycopy(bytes, start, target, 0, held);
    bytes = target;
    scanned -= start;
    end = held;
    start = 0;
  }

  /** Forgets everything, for good: the connection has failed. */
  void discard() {
    bytes = new byte[0];
    fields = new int[0];
    start = 0;
    scanned = 0;
    end = 0;
  }

  /** The bytes among which the line stands. */
  byte[] bytes() {
    return bytes;
  }

  /** Where the line begins. */
  int lineStart() {
    return start;
  }

  /** How many fields the line has, at least one. */
  int fieldCount() {
    return fieldCount;
  }

  /** Where a field ends, which is where its TAB or the line's LF stands. */
  int fieldEnd(int field) {
    return start + (fields[field] >>> FLAG_BITS);
  }

  /** What a field needs besides being copied. */
  int fieldFlags(int field) {
    return fields[field] & (ESCAPED | NON_ASCII);
  }
}
