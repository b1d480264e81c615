package org.lastlogin.jdbc.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.lastlogin.dict.DictException;

/**
 * Group commit: while a few threads work on groups, the items that other threads submit become the
 * next group. A single item is done at once.
 *
 * <p>Knows nothing of databases: a {@link GroupWork} does the work. Every item is answered before
 * its time is up, even if the work does not end. Safe for use by any number of threads. Futures
 * complete on threads of the group commit.
 *
 * @param <T> what is written
 * @param <R> what comes of it
 */
public final class GroupCommit<T, R> {
  /** The maximum time by which an item may be given up early. */
  private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final GroupWork<T, R> work;
  private final GroupRunner<T, R> runner;
  private final GroupQueue<T, R> queue;
  private final int capacity;
  private final Duration timeLimit;
  private final long marginNanos;
  private final Ticker ticker;
  private final List<Thread> threads = new ArrayList<>();

  private GroupCommit(
      GroupWork<T, R> work, int capacity, Duration linger, Duration timeLimit, Ticker ticker) {
    this.work = work;
    this.runner = new GroupRunner<>(work, Backoff.DEFAULT, ticker);
    this.queue = new GroupQueue<>(capacity, linger.toNanos(), ticker::nanoTime);
    this.capacity = capacity;
    this.timeLimit = timeLimit;
    this.marginNanos = Math.min(MARGIN_NANOS, timeLimit.toNanos() / 10);
    this.ticker = ticker;
  }

  /**
   * Starts the threads.
   *
   * @param name what the threads' names begin with
   * @param work does the work
   * @param writers how many groups may be under way at a time
   * @param capacity how many items may wait; more are refused
   * @param linger for how long after a group was begun no small one is begun beside it
   * @param timeLimit in which time an item is to be answered
   * @param ticker the clock
   */
  public static <T, R> GroupCommit<T, R> start(
      String name,
      GroupWork<T, R> work,
      int writers,
      int capacity,
      Duration linger,
      Duration timeLimit,
      Ticker ticker) {
    GroupCommit<T, R> commit = new GroupCommit<>(work, capacity, linger, timeLimit, ticker);
    for (int i = 1; i <= writers; i++) {
      commit.start(commit::writeGroups, name + "-" + i);
    }
    commit.start(commit::answerOverdue, name + "-watch");
    return commit;
  }

  private void start(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Submits an item. The future fails with a {@link DictException} if the item cannot be done. */
  public CompletableFuture<R> submit(T item) {
    long deadline = ticker.nanoTime() + timeLimit.toNanos() - marginNanos;
    Pending<T, R> pending = new Pending<>(item, work.rows(item), deadline);
    switch (queue.offer(pending)) {
      case TAKEN -> {}
      case CLOSED -> pending.fail(new DictException("The dict is closed"));
      case FULL ->
          pending.fail(
              new DictException(
                  "Too many "
                      + work.noun()
                      + "s wait for the database already ("
                      + capacity
                      + ")"));
    }
    return pending.future();
  }

  /**
   * Refuses further items, does the waiting ones, and fails those that have not begun within a
   * timeout.
   */
  public void close(Duration timeout) {
    queue.close();
    long end = ticker.nanoTime() + timeout.toNanos();
    try {
      for (Thread thread : threads) {
        // A time of 0 would mean forever.
        long left = TimeUnit.NANOSECONDS.toMillis(end - ticker.nanoTime());
        thread.join(Math.max(1, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    fail(
        queue.clear(),
        new DictException("The dict was closed before the " + work.noun() + " could be done"));
  }

  private void writeGroups() {
    try {
      for (List<Pending<T, R>> group; (group = queue.take()) != null; ) {
        try {
          runner.run(group);
        } catch (RuntimeException | Error e) {
          // All items must be answered, and the thread must go on for others.
          List<T> items = group.stream().map(Pending::item).toList();
          fail(group, work.uncertain(work.defect(items, e)));
        } finally {
          queue.done(group);
        }
      }
    } catch (InterruptedException e) {
      // Nothing here interrupts this thread; an interrupt from outside ends it.
      Thread.currentThread().interrupt();
    }
  }

  private void answerOverdue() {
    try {
      GroupQueue.Overdue<T, R> overdue;
      while ((overdue = queue.awaitOverdue(marginNanos)) != null) {
        String text = "The " + work.noun() + " waited longer than " + timeLimit.toMillis() + " ms";
        fail(overdue.notSent(), new DictException(text + ", and was not made"));
        DictException silence = new DictException(text + " for the database's answer");
        fail(overdue.sent(), work.uncertain(silence));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(List<Pending<T, R>> items, DictException reason) {
    if (!items.isEmpty()) {
      items.forEach(item -> item.fail(reason));
      work.failed(reason);
    }
  }
}
