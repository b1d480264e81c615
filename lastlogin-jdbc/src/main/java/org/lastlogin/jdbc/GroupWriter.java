package org.lastlogin.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictException;
import org.lastlogin.jdbc.WriteFailure.Kind;

/**
 * Has groups written: tries again what may work the next time, with growing pauses and until its
 * time is up, and splits what was refused, until the item to blame is alone. Safe for use by any
 * number of threads.
 */
final class GroupWriter<T, R> {
  /** How long a part of a group may take that waited in vain for a lock as a whole. */
  private static final Duration HURRIED = Duration.ofSeconds(1);

  private final GroupWork<T, R> work;
  private final Backoff backoff;
  private final Timing timing;

  GroupWriter(GroupWork<T, R> work, Backoff backoff, Timing timing) {
    this.work = work;
    this.backoff = backoff;
    this.timing = timing;
  }

  /** Has a group written, and answers each of its items unless somebody else did. */
  void write(List<Pending<T, R>> group) {
    write(group, new Tries());
  }

  private void write(List<Pending<T, R>> group, Tries tries) {
    List<Pending<T, R>> items = inTime(group, tries);
    while (!items.isEmpty()) {
      WriteFailure failure = attempt(items, tries);
      items = failure == null ? List.of() : inTime(toRepeat(items, failure, tries), tries);
    }
  }

  /** Deals with a failure; returns what is to be tried again as it is. */
  private List<Pending<T, R>> toRepeat(
      List<Pending<T, R>> items, WriteFailure failure, Tries tries) {
    tries.add(failure);
    return switch (failure.kind()) {
      case REFUSED, BUSY -> writeParts(items, failure, tries);
      case HOPELESS -> fail(items, failure.reason(), tries);
      case TRANSIENT -> afterPause(items, failure, tries);
      case UNCERTAIN -> afterPause(repeatable(items, failure, tries), failure, tries);
    };
  }

  /** The items that somebody waits for; fails those whose time is up. */
  private List<Pending<T, R>> inTime(List<Pending<T, R>> items, Tries tries) {
    long now = timing.nanoTime();
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

  private @Nullable WriteFailure attempt(List<Pending<T, R>> items, Tries tries) {
    try {
      List<R> results = work.write(items.stream().map(Pending::item).toList(), limit(items, tries));
      for (int i = 0; i < results.size(); i++) {
        items.get(i).complete(results.get(i));
      }
      return null;
    } catch (WriteFailure e) {
      return e;
    } catch (RuntimeException e) {
      // A mistake of ours, which one of the items may have brought to light.
      return new WriteFailure(defect(e), Kind.REFUSED);
    } catch (Error e) {
      return new WriteFailure(defect(e), Kind.HOPELESS);
    }
  }

  private DictException defect(Throwable e) {
    return new DictException("The " + work.noun() + " failed: " + e, e);
  }

  private Duration limit(List<Pending<T, R>> items, Tries tries) {
    Duration left = Duration.ofNanos(left(items));
    return tries.areHurried() && left.compareTo(HURRIED) > 0 ? HURRIED : left;
  }

  private long left(List<Pending<T, R>> items) {
    long now = timing.nanoTime();
    return items.stream().mapToLong(item -> item.left(now)).min().orElse(0);
  }

  private List<Pending<T, R>> writeParts(
      List<Pending<T, R>> items, WriteFailure failure, Tries tries) {
    int size = items.size();
    if (size == 1) {
      return fail(items, failure.reason(), tries);
    }
    int culprit = failure.culprit().orElse(size / 2);
    int behind = failure.culprit().isPresent() ? culprit + 1 : culprit;
    write(items.subList(0, culprit), tries.copy());
    write(items.subList(culprit, behind), tries.copy());
    write(items.subList(behind, size), tries.copy());
    return List.of();
  }

  /** The items that may be done again; fails the others, of which nobody knows what became. */
  private List<Pending<T, R>> repeatable(
      List<Pending<T, R>> items, WriteFailure failure, Tries tries) {
    List<Pending<T, R>> repeatable = new ArrayList<>(items.size());
    List<Pending<T, R>> others = new ArrayList<>();
    for (Pending<T, R> item : items) {
      (work.isRepeatable(item.item()) ? repeatable : others).add(item);
    }
    fail(others, failure.reason(), tries);
    return repeatable;
  }

  /** Waits before the next try; fails the items if there is no time for one. */
  private List<Pending<T, R>> afterPause(
      List<Pending<T, R>> items, WriteFailure failure, Tries tries) {
    long nanos = backoff.pauseNanos(tries.failed());
    if (nanos >= left(items)) {
      return fail(items, failure.reason(), tries);
    }
    try {
      timing.pause(nanos);
      return items;
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt this thread; whoever does wants it to end.
      Thread.currentThread().interrupt();
      return fail(items, failure.reason(), tries);
    }
  }

  /** Answers items with a failure; returns that there is nothing left to be done. */
  private List<Pending<T, R>> fail(List<Pending<T, R>> items, DictException reason, Tries tries) {
    if (!items.isEmpty()) {
      tries.suppressIn(reason);
      work.failed(reason);
      DictException known = tries.areUncertain() ? work.uncertain(reason) : reason;
      items.forEach(item -> item.fail(known));
    }
    return List.of();
  }
}
