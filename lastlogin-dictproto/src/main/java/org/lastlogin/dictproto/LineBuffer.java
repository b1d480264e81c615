package org.lastlogin.dictproto;

import java.nio.ByteBuffer;

/**
 * Collects the bytes that a peer sends and cuts them into lines, however they arrive. Not safe for
 * use by several threads.
 */
final class LineBuffer {
  private static final int INITIAL_CAPACITY = 256;

  /** A buffer that grew beyond this for long lines is not kept. */
  private static final int KEPT_CAPACITY = 16 * 1024 + ByteWords.BYTES;

  private final int maxBytes;

  /** The array has a word more than bytes, so that a word can be read at every byte. */
  private byte[] bytes = new byte[INITIAL_CAPACITY];

  /** Where the line begins, how far it was searched, and where the bytes end. */
  private int start;

  private int scanned;
  private int end;

  /** Whether the line ends right before {@link #scanned}. */
  private boolean complete;

  /**
   * An empty buffer.
   *
   * @param maxBytes how long a line may be, without its LF
   */
  LineBuffer(int maxBytes) {
    this.maxBytes = maxBytes;
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
   * Moves to the next line.
   *
   * @return whether it is complete
   * @throws DictProtocolException if it is too long
   */
  boolean nextLine() {
    if (complete) {
      dropLine();
    }
    int lineFeed = findLineFeed();
    requireLength(lineFeed - start);
    complete = lineFeed < end;
    scanned = complete ? lineFeed + 1 : end;
    return complete;
  }

  /** Returns where the line ends, or where the bytes end if it is not complete. */
  private int findLineFeed() {
    for (int at = scanned; at < end; at += ByteWords.BYTES) {
      long found = ByteWords.lineFeeds(bytes, at);
      if (found != 0) {
        return Math.min(at + ByteWords.first(found), end);
      }
    }
    return end;
  }

  /** Returns whether there are bytes after the present line. */
  boolean holdsBytes() {
    return end > (complete ? scanned : start);
  }

  private void requireLength(int length) {
    if (length > maxBytes) {
      throw new DictProtocolException("A line is longer than " + maxBytes + " bytes");
    }
  }

  private void dropLine() {
    start = scanned;
    complete = false;
    if (start == end) {
      start = 0;
      scanned = 0;
      end = 0;
      if (bytes.length > KEPT_CAPACITY) {
        bytes = new byte[INITIAL_CAPACITY];
      }
    }
  }

  private void reserve(int more) {
    int room = bytes.length - ByteWords.BYTES;
    if (room - end >= more) {
      return;
    }
    int held = end - start;
    // Only if it frees enough: otherwise the bytes of one line could be moved again and again.
    boolean moveSuffices = room - held >= more && start >= held;
    byte[] target =
        moveSuffices
            ? bytes
            : new byte
                [Math.max(
                    Math.addExact(Math.addExact(held, more), ByteWords.BYTES), 2 * bytes.length)];
    System.arraycopy(bytes, start, target, 0, held);
    bytes = target;
    scanned -= start;
    end = held;
    start = 0;
  }

  /** Drops all bytes for good, after a failure. */
  void discard() {
    bytes = new byte[ByteWords.BYTES];
    start = 0;
    scanned = 0;
    end = 0;
    complete = false;
  }

  /** Returns the array that contains the line. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns where the line begins. */
  int lineStart() {
    return start;
  }

  /** Returns where the line ends, which is the index of its LF. */
  int lineEnd() {
    return scanned - 1;
  }
}
