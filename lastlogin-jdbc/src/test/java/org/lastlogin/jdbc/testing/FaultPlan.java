package org.lastlogin.jdbc.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.lastlogin.jdbc.testing.LinkFault.Sign;

/**
 * The faults that are yet to happen on a {@link FaultyLink}, one after the other. Safe for use by
 * any number of threads.
 */
final class FaultPlan {
  /** A fault, and how many of the bytes pass before it strikes. */
  record Strike(LinkFault fault, int before) {}

  private final Queue<LinkFault> faults = new ArrayDeque<>();
  private int passed;
  private int struck;
  private long commits;

  /** Adds a fault after the others. */
  synchronized void add(LinkFault fault) {
    faults.add(fault);
  }

  synchronized int struck() {
    return struck;
  }

  synchronized int left() {
    return faults.size();
  }

  /** A request comes by; returns the fault that strikes it, or {@code null}. */
  synchronized LinkFault pass(Sign sign) {
    if (sign == Sign.COMMIT) {
      commits++;
      notifyAll();
    }
    return isNext(sign) && passed++ == faults.element().passing() ? strike() : null;
  }

  /** Bytes come by; returns what strikes them, or {@code null}. */
  synchronized Strike pass(Sign direction, int bytes) {
    if (!isNext(direction)) {
      return null;
    }
    int before = faults.element().passing() - passed;
    passed += bytes;
    return before < bytes ? new Strike(strike(), Math.max(0, before)) : null;
  }

  private LinkFault strike() {
    passed = 0;
    struck++;
    return faults.remove();
  }

  private boolean isNext(Sign sign) {
    return !faults.isEmpty() && faults.element().point().sign == sign;
  }

  /** Waits until some more transactions have been committed, or some time has passed. */
  synchronized void awaitCommits(int more, Duration atMost) throws InterruptedException {
    long enough = commits + more;
    long end = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toMillis();
        commits < enough && left > 0;
        left = Duration.ofNanos(end - System.nanoTime()).toMillis()) {
      wait(left);
    }
  }
}
