package org.lastlogin.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictException;

/**
 * Collects what many threads want to have written while one thread writes: whatever has come in
 * meanwhile is the next group, written in one go. An item that comes alone is written at once.
 *
 * <p>Knows nothing of databases: a {@link Writer} does the work. Safe for use by any number of
 * threads. Futures complete on the writing thread.
 *
 * @param <T> what is written
 * @param <R> what comes of it
 */
final class GroupCommit<T, R> {

  /** Writes groups; called by one thread. */
  interface Writer<T, R> {
    /**
     * Writes all of a group or nothing of it.
     *
     * @return what came of each item, in the order of the items
     */
    List<R> write(List<T> group) throws WriteFailure;

    /** Hears why items failed for good. */
    void failed(DictException reason);
  }

  /** What may help after a failure. */
  enum Remedy {
    /** The same would happen again, to every item: no connection, or no answer. */
    NONE,
    /** One of the items is to blame; alone, the others can be written. */
    ALONE,
    /** Bad luck, such as a deadlock: the same may work the next time. */
    AGAIN
  }

  /** Why nothing of a group was written, or why that is unknown. */
  static final class WriteFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final DictException reason;
    private final Remedy remedy;

    WriteFailure(DictException reason, Remedy remedy) {
      super(reason.getMessage(), reason);
      this.reason = reason;
      this.remedy = remedy;
    }

    Remedy remedy() {
      return remedy;
    }
  }

  private static final int MAX_GROUP = 500;

  private final Writer<T, R> writer;
  private final int capacity;
  private final Duration deadline;
  private final LongSupplier nanoTime;
  private final BlockingQueue<Pending<T, R>> queue = new LinkedBlockingQueue<>();
  private final Pending<T, R> end = new Pending<>(null, 0);
  private final Thread thread;
  private boolean closed;

  /**
   * Starts the writing thread.
   *
   * @param name the thread's name
   * @param writer does the writing
   * @param capacity how many items may wait; more are refused
   * @param deadline how long an item may wait; after that nobody cares for it any more, and it is
   *     failed without being written
   * @param nanoTime the clock, counting nanoseconds like {@link System#nanoTime}
   */
  GroupCommit(
      String name, Writer<T, R> writer, int capacity, Duration deadline, LongSupplier nanoTime) {
    this.writer = writer;
    this.capacity = capacity;
    this.deadline = deadline;
    this.nanoTime = nanoTime;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Has an item written; the future fails with a {@link DictException} if it is not. */
  CompletableFuture<R> submit(T item) {
    Pending<T, R> pending = new Pending<>(item, nanoTime.getAsLong());
    // The lock makes sure that nothing gets behind the end mark, where nobody would look.
    synchronized (this) {
      if (closed) {
        pending.fail(new DictException("The dict is closed"));
      } else if (queue.size() >= capacity) {
        pending.fail(
            new DictException("Too many commits wait for the database already (" + capacity + ")"));
      } else {
        queue.add(pending);
      }
    }
    return pending.future;
  }

  /** Refuses what comes, writes what waits, and fails what is not written within a time. */
  void close(Duration patience) {
    synchronized (this) {
      if (!closed) {
        closed = true;
        queue.add(end);
      }
    }
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Pending<T, R>> left = new ArrayList<>();
    if (thread.isAlive() && queue.drainTo(left) > 0) {
      left.remove(end);
      queue.add(end);
      fail(left, new DictException("The dict was closed before the commit could be written"));
    }
  }

  private void run() {
    List<Pending<T, R>> group = new ArrayList<>(MAX_GROUP);
    boolean more = true;
    while (more) {
      group.clear();
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt this thread: its end is the mark in the queue.
        continue;
      }
      queue.drainTo(group, MAX_GROUP - 1);
      more = !group.remove(end);
      expire(group);
      if (!group.isEmpty()) {
        writeGroup(List.copyOf(group));
      }
    }
  }

  private void expire(List<Pending<T, R>> group) {
    long now = nanoTime.getAsLong();
    List<Pending<T, R>> late = new ArrayList<>();
    for (Pending<T, R> pending : group) {
      if (now - pending.since > deadline.toNanos()) {
        late.add(pending);
      }
    }
    group.removeAll(late);
    fail(
        late,
        new DictException(
            "The commit waited longer for the database than "
                + TimeUnit.NANOSECONDS.toMillis(deadline.toNanos())
                + " ms, and was not sent"));
  }

  private void writeGroup(List<Pending<T, R>> group) {
    WriteFailure failure = write(group);
    if (failure == null) {
      return;
    }
    boolean alone = group.size() > 1 && failure.remedy != Remedy.NONE;
    if (alone || failure.remedy == Remedy.AGAIN) {
      writeOneByOne(group);
    } else {
      fail(group, failure.reason);
    }
  }

  private void writeOneByOne(List<Pending<T, R>> group) {
    for (int i = 0; i < group.size(); i++) {
      WriteFailure failure = write(group.subList(i, i + 1));
      if (failure == null) {
        continue;
      }
      fail(group.subList(i, i + 1), failure.reason);
      if (failure.remedy == Remedy.NONE) {
        // To let each of the others run into the same time-out would take minutes.
        fail(
            group.subList(i + 1, group.size()),
            new DictException("Not sent, as the commit before it failed: " + failure.getMessage()));
        return;
      }
    }
  }

  private @Nullable WriteFailure write(List<Pending<T, R>> group) {
    try {
      List<R> results = writer.write(group.stream().map(Pending::item).toList());
      for (int i = 0; i < results.size(); i++) {
        group.get(i).future.complete(results.get(i));
      }
      return null;
    } catch (WriteFailure e) {
      return e;
    } catch (RuntimeException | Error e) {
      // A mistake of ours, or no memory: these items fail, and the thread lives on for the others.
      return new WriteFailure(new DictException("The commit failed: " + e, e), Remedy.NONE);
    }
  }

  private void fail(List<Pending<T, R>> group, DictException reason) {
    if (!group.isEmpty()) {
      writer.failed(reason);
      group.forEach(pending -> pending.fail(reason));
    }
  }

  /** An item that waits, and who waits for it. */
  private static final class Pending<T, R> {
    private final @Nullable T item;
    private final long since;
    private final CompletableFuture<R> future = new CompletableFuture<>();

    Pending(@Nullable T item, long since) {
      this.item = item;
      this.since = since;
    }

    T item() {
      if (item == null) {
        throw new IllegalStateException("The end mark is not to be written");
      }
      return item;
    }

    void fail(DictException reason) {
      future.completeExceptionally(reason);
    }
  }
}
