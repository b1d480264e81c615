package org.lastlogin.jdbc.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictException;
import org.lastlogin.jdbc.group.GroupFailure.Kind;

/**
 * Runs groups, tries them again, and splits them.
 *
 * <ul>
 *   <li>A group that fails by a deadlock or a lost connection is run again, with random pauses that
 *       double from 10 ms to 1 s, until the time of its first item is up; from the second failure
 *       on in halves, because the group itself may break the connection.
 *   <li>A group that is refused is split in halves until the item to blame is alone. Where that
 *       item is known, the group is split there.
 *   <li>A group of several items has a quarter of its time at first. If it waits for a lock, its
 *       items run one by one, each with a second. Those that still wait come last, together with
 *       items that change the same rows, and get the rest of the time.
 *   <li>After an unknown outcome, only repeatable items are run again.
 * </ul>
 *
 * <p>Safe for use by any number of threads.
 */
final class GroupRunner<T, R> {
  /** The time limit of an item whose group ran out of time. */
  private static final Duration HURRY = Duration.ofSeconds(1);

  /** After how many failures a group is tried in halves: it may be what breaks the connection. */
  private static final int TRIES_AS_A_WHOLE = 2;

  private final GroupWork<T, R> work;
  private final Backoff backoff;
  private final Ticker ticker;

  GroupRunner(GroupWork<T, R> work, Backoff backoff, Ticker ticker) {
    this.work = work;
    this.backoff = backoff;
    this.ticker = ticker;
  }

  /** Runs a group, and answers each of its items that is not answered yet. */
  void run(List<Pending<T, R>> group) {
    run(group, new Tries(backoff, ticker));
  }

  private void run(List<Pending<T, R>> group, Tries tries) {
    List<Pending<T, R>> items = inTime(group, tries);
    while (!items.isEmpty()) {
      GroupFailure failure = attempt(items, limit(items));
      items = failure == null ? List.of() : inTime(toRepeat(items, failure, tries), tries);
    }
  }

  /** Handles a failure. Returns the items to try again as one group. */
  private List<Pending<T, R>> toRepeat(
      List<Pending<T, R>> items, GroupFailure failure, Tries tries) {
    tries.add(failure.reason(), failure.kind());
    return switch (failure.kind()) {
      case REFUSED -> runParts(items, failure, tries);
      case BUSY -> items.size() > 1 ? runEach(items, tries) : afterPause(items, failure, tries);
      case HOPELESS -> fail(items, failure.reason(), tries);
      case TRANSIENT -> afterPause(items, failure, tries);
      case UNCERTAIN -> afterPause(repeatable(items, failure, tries), failure, tries);
    };
  }

  /** Returns the items that are not answered; fails those whose time is up. */
  private List<Pending<T, R>> inTime(List<Pending<T, R>> items, Tries tries) {
    long now = ticker.nanoTime();
    List<Pending<T, R>> inTime = new ArrayList<>(items.size());
    List<Pending<T, R>> late = new ArrayList<>();
    for (Pending<T, R> item : items) {
      if (!item.isAnswered()) {
        (item.left(now) > 0 ? inTime : late).add(item);
      }
    }
    fail(late, new DictException("The " + work.noun() + " was not done in its time"), tries);
    return inTime;
  }

  private @Nullable GroupFailure attempt(List<Pending<T, R>> items, Duration limit) {
    List<T> group = items.stream().map(Pending::item).toList();
    items.forEach(Pending::send);
    GroupFailure failure = null;
    try {
      List<R> results = work.run(group, limit);
      for (int i = 0; i < results.size(); i++) {
        items.get(i).complete(results.get(i));
      }
    } catch (GroupFailure e) {
      failure = e;
    } catch (RuntimeException e) {
      // A defect, which one of the items may have triggered.
      failure = new GroupFailure(work.defect(group, e), Kind.REFUSED);
    } catch (Error e) {
      failure = new GroupFailure(work.uncertain(work.defect(group, e)), Kind.HOPELESS);
    }
    if (failure != null && failure.kind() != Kind.UNCERTAIN) {
      items.forEach(Pending::takeBack);
    }
    return failure;
  }

  /**
   * Returns the time limit of a group. One that waits for a lock must leave time for its single
   * items.
   */
  private Duration limit(List<Pending<T, R>> items) {
    long left = left(items);
    return Duration.ofNanos(items.size() > 1 ? left / 4 : left);
  }

  private long left(List<Pending<T, R>> items) {
    long now = ticker.nanoTime();
    return items.stream().mapToLong(item -> item.left(now)).min().orElse(0);
  }

  private List<Pending<T, R>> runParts(
      List<Pending<T, R>> items, GroupFailure failure, Tries tries) {
    int size = items.size();
    if (size == 1) {
      return fail(items, failure.reason(), tries);
    }
    int culprit = failure.culprit().orElse(size / 2);
    int behind = failure.culprit().isPresent() ? culprit + 1 : culprit;
    run(items.subList(0, culprit), tries.copy());
    run(items.subList(culprit, behind), tries.copy());
    run(items.subList(behind, size), tries.copy());
    return List.of();
  }

  /**
   * Runs the items of a group that waited without effect one by one. Those that still wait come
   * last, together with what changes the same rows, and get all the time that is left.
   */
  private List<Pending<T, R>> runEach(List<Pending<T, R>> items, Tries tries) {
    List<Pending<T, R>> waiting = new ArrayList<>();
    Set<Object> rows = new HashSet<>();
    for (Pending<T, R> item : items) {
      // More may be known of it than when it came.
      Set<?> own = work.rows(item.item());
      boolean behind = own == null ? !waiting.isEmpty() : own.stream().anyMatch(rows::contains);
      if (behind || !isDoneInAHurry(item, tries.copy())) {
        waiting.add(item);
        rows.addAll(own == null ? Set.of() : own);
      }
    }
    waiting.forEach(item -> run(List.of(item), tries.copy()));
    return List.of();
  }

  /** Returns whether an item is done with, written or not: it is not if it has to wait. */
  private boolean isDoneInAHurry(Pending<T, R> item, Tries tries) {
    List<Pending<T, R>> one = inTime(List.of(item), tries);
    if (one.isEmpty()) {
      return true;
    }
    Duration left = limit(one);
    GroupFailure failure = attempt(one, left.compareTo(HURRY) < 0 ? left : HURRY);
    if (failure != null && failure.kind() == Kind.BUSY) {
      return false;
    }
    if (failure != null) {
      run(toRepeat(one, failure, tries), tries);
    }
    return true;
  }

  /** Returns the repeatable items; fails the others, whose outcome is unknown. */
  private List<Pending<T, R>> repeatable(
      List<Pending<T, R>> items, GroupFailure failure, Tries tries) {
    List<Pending<T, R>> repeatable = new ArrayList<>(items.size());
    List<Pending<T, R>> others = new ArrayList<>();
    for (Pending<T, R> item : items) {
      (work.isRepeatable(item.item()) ? repeatable : others).add(item);
    }
    fail(others, failure.reason(), tries);
    return repeatable;
  }

  /** Pauses before the next try; fails the items if there is no time for one. */
  private List<Pending<T, R>> afterPause(
      List<Pending<T, R>> items, GroupFailure failure, Tries tries) {
    if (!tries.pause(left(items))) {
      return fail(items, failure.reason(), tries);
    }
    boolean apart = items.size() > 1 && tries.failed() >= TRIES_AS_A_WHOLE;
    return apart ? runParts(items, failure, tries) : items;
  }

  /** Answers items with a failure; returns that there is nothing left to be done. */
  private List<Pending<T, R>> fail(List<Pending<T, R>> items, DictException reason, Tries tries) {
    if (!items.isEmpty()) {
      tries.suppressIn(reason);
      DictException known = tries.areUncertain() ? work.uncertain(reason) : reason;
      items.forEach(item -> item.fail(known));
      work.failed(reason);
    }
    return List.of();
  }
}
