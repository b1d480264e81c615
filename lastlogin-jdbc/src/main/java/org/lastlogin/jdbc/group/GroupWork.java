package org.lastlogin.jdbc.group;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictException;

/**
 * The work that {@link GroupCommit} has done in groups. Called by any number of threads.
 *
 * @param <T> an item
 * @param <R> what comes of it
 */
public interface GroupWork<T, R> {
  /**
   * Does all of a group or nothing of it.
   *
   * @param limit how long that may take
   * @return what came of each item, in the order of the items
   */
  List<R> run(List<T> group, Duration limit) throws GroupFailure;

  /**
   * Which rows an item changes: those who share one are done in the order of their arrival, and
   * never at the same time. {@code null} if it may be any row.
   */
  @Nullable Set<?> rows(T item);

  /** Whether doing an item twice comes to the same as doing it once. */
  boolean isRepeatable(T item);

  /** What an item is called in messages. */
  String noun();

  /** Makes a failure one of an item of which nobody knows whether it was done. */
  DictException uncertain(DictException reason);

  /** The failure of items because of a mistake in the code, or because there is no memory. */
  default DictException defect(List<T> group, Throwable e) {
    return new DictException("The " + noun() + " failed: " + e, e);
  }

  /** Hears why items failed for good. */
  void failed(DictException reason);
}
