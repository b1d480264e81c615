package org.lastlogin.dictd;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Signals that an object was closed, and ends the pauses of its threads. Thread-safe. */
final class CloseSignal {
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Closes; further calls have no effect. */
  void close() {
    closed.countDown();
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /**
   * Waits, and returns whether it is closed. Ends early when it is closed, or when the thread is
   * interrupted, which counts as closed.
   */
  boolean isClosedWithin(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
