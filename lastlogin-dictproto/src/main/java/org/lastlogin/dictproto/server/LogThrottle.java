package org.lastlogin.dictproto.server;

import java.time.Duration;

/**
 * Limits how often clients cause a line in the log: allows 20 lines in 10 s, and counts further
 * ones. So a client that connects in a loop does not fill the disk; metrics see each of its
 * connections. Not safe for use by several threads.
 */
final class LogThrottle {
  private static final int LINES = 20;
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  private long windowStart;
  private int lines;
  private long withheld;

  /** Returns whether a line may be written. */
  boolean allows(long nowNanos) {
    if (lines == 0 || nowNanos - windowStart >= WINDOW_NANOS) {
      windowStart = nowNanos;
      lines = 0;
    }
    if (lines == LINES) {
      withheld++;
      return false;
    }
    lines++;
    return true;
  }

  /** Returns how many lines were not written since the last call. */
  long takeWithheld() {
    long taken = withheld;
    withheld = 0;
    return taken;
  }
}
