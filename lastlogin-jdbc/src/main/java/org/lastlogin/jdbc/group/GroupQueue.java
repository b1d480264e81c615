package org.lastlogin.jdbc.group;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The waiting items, and the running groups. Forms groups such that no row is changed by two of
 * them at a time, and each row sees its changes in the order of their arrival: an item that shares
 * a row with a running group, or with an earlier waiting item, goes on waiting. Until the unique
 * keys of a table are known, and where maps tell its rows apart in different ways, one group runs
 * at a time. Safe for use by any number of threads.
 *
 * <p>A queue may linger: for some time after a group began, another begins beside it only if it is
 * full. Two groups of a hundred cost a database more than one of two hundred: MariaDB took 16 µs of
 * processor time for a row instead of 25, and all answers came sooner. A group that takes longer
 * waits for a lock or a slow disk, and must not block others.
 */
final class GroupQueue<T, R> {
  /** Enough to make the cost of a group small, and few enough for a statement of moderate size. */
  private static final int MAX_GROUP = 500;

  /** The interval at which items that share rows with a running group are checked. */
  private static final long BLOCKED_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** The maximum number of waiting items that are passed over in search of others. */
  private static final int MAX_PASSED_OVER = 2_000;

  private final int capacity;
  private final long lingerNanos;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition forWriters = lock.newCondition();
  private final Condition forWatch = lock.newCondition();
  private final Deque<Pending<T, R>> waiting = new ArrayDeque<>();
  private final List<List<Pending<T, R>>> underWay = new ArrayList<>();
  private final Set<Object> rowsUnderWay = new HashSet<>();
  private long lastBegun;
  private boolean anyRowUnderWay;
  private boolean watchIdle;
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param capacity how many items may wait
   * @param lingerNanos for how long after a group was begun no small one is begun beside it
   * @param nanoTime counts nanoseconds, as {@link System#nanoTime} does
   */
  GroupQueue(int capacity, long lingerNanos, LongSupplier nanoTime) {
    this.capacity = capacity;
    this.lingerNanos = lingerNanos;
    this.nanoTime = nanoTime;
  }

  /** The result of an offer. */
  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  Offer offer(Pending<T, R> pending) {
    lock.lock();
    try {
      if (closed) {
        return Offer.CLOSED;
      }
      if (waiting.size() >= capacity) {
        return Offer.FULL;
      }
      waiting.add(pending);
      // One writer knows of those that wait already, and sees to them when it is time.
      if (waiting.size() == 1 || waiting.size() == MAX_GROUP || isSomeGroupSlow()) {
        forWriters.signal();
      }
      if (watchIdle) {
        watchIdle = false;
        forWatch.signal();
      }
      return Offer.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the next group in the order of arrival; waits for one. The caller must {@linkplain
   * #done end} it.
   *
   * @return the group; {@code null} once the queue is closed and nothing is left
   */
  @Nullable List<Pending<T, R>> take() throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        long left = lingerLeft();
        if (left <= 0 || waiting.size() >= MAX_GROUP) {
          List<Pending<T, R>> group = nextGroup();
          if (!group.isEmpty()) {
            underWay.add(group);
            lastBegun = nanoTime.getAsLong();
            if (!waiting.isEmpty()) {
              forWriters.signal();
            }
            return group;
          }
          left = BLOCKED_NANOS;
        }
        if (!waiting.isEmpty()) {
          var unused = forWriters.awaitNanos(left);
        } else if (!closed) {
          forWriters.await();
        } else {
          return null;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the nanoseconds until a small group may begin; none or less if it may begin now. */
  private long lingerLeft() {
    return underWay.isEmpty() ? 0 : lastBegun + lingerNanos - nanoTime.getAsLong();
  }

  private boolean isSomeGroupSlow() {
    return !underWay.isEmpty() && lingerLeft() <= 0;
  }

  private List<Pending<T, R>> nextGroup() {
    if (anyRowUnderWay || waiting.isEmpty()) {
      return List.of();
    }
    List<Pending<T, R>> group = new ArrayList<>(Math.min(waiting.size(), MAX_GROUP));
    Deque<Pending<T, R>> passedOver = new ArrayDeque<>();
    Set<Object> rowsPassedOver = new HashSet<>();
    while (!waiting.isEmpty() && group.size() < MAX_GROUP && passedOver.size() < MAX_PASSED_OVER) {
      Pending<T, R> next = waiting.element();
      Set<?> rows = next.rows();
      if (rows == null) {
        // It may change any row: all before it must be done, or go with it.
        if (!underWay.isEmpty() || !passedOver.isEmpty()) {
          break;
        }
        anyRowUnderWay = true;
      } else if (containsAny(rowsUnderWay, rows) || containsAny(rowsPassedOver, rows)) {
        rowsPassedOver.addAll(rows);
        passedOver.addLast(waiting.remove());
        continue;
      }
      group.add(waiting.remove());
    }
    while (!passedOver.isEmpty()) {
      waiting.addFirst(passedOver.removeLast());
    }
    for (Pending<T, R> pending : group) {
      if (pending.rows() != null) {
        rowsUnderWay.addAll(pending.rows());
      }
    }
    return group;
  }

  /** Unlike {@link java.util.Collections#disjoint} this never walks through the greater set. */
  private static boolean containsAny(Set<?> many, Set<?> few) {
    for (Object one : few) {
      if (many.contains(one)) {
        return true;
      }
    }
    return false;
  }

  /** Ends a group: others may change its rows now. The caller takes the next group itself. */
  void done(List<Pending<T, R>> group) {
    lock.lock();
    try {
      underWay.removeIf(other -> other == group);
      for (Pending<T, R> pending : group) {
        if (pending.rows() == null) {
          anyRowUnderWay = false;
        } else {
          rowsUnderWay.removeAll(pending.rows());
        }
      }
      if (closed) {
        wakeAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits a while, and for as long as there is nothing at all to be done, and then hands out what
   * is overdue. For one thread, which sees to it that everything is answered in time.
   *
   * @return what is overdue; {@code null} once the queue is closed and all is done
   */
  @Nullable Overdue<T, R> awaitOverdue(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (left > 0 && !ended()) {
        left = forWatch.awaitNanos(left);
      }
      while (isIdle() && !closed) {
        watchIdle = true;
        forWatch.await();
      }
      return ended() ? null : overdue(nanoTime.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  private boolean isIdle() {
    return waiting.isEmpty() && underWay.isEmpty();
  }

  private boolean ended() {
    return closed && isIdle();
  }

  private Overdue<T, R> overdue(long now) {
    List<Pending<T, R>> notSent = new ArrayList<>();
    List<Pending<T, R>> sent = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.element().left(now) <= 0) {
      notSent.add(waiting.remove());
    }
    underWay.stream()
        .flatMap(List::stream)
        .filter(pending -> pending.left(now) <= 0 && !pending.isAnswered())
        .forEach(pending -> (pending.isSent() ? sent : notSent).add(pending));
    return new Overdue<>(notSent, sent);
  }

  /**
   * What is overdue.
   *
   * @param notSent items that are not done, and will not be
   * @param sent items whose outcome is unknown
   */
  record Overdue<T, R>(List<Pending<T, R>> notSent, List<Pending<T, R>> sent) {}

  /** Refuses further items; the waiting ones may still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      wakeAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes out all that waits, for good. */
  List<Pending<T, R>> clear() {
    lock.lock();
    try {
      List<Pending<T, R>> left = List.copyOf(waiting);
      waiting.clear();
      wakeAll();
      return left;
    } finally {
      lock.unlock();
    }
  }

  private void wakeAll() {
    forWriters.signalAll();
    forWatch.signalAll();
  }
}
