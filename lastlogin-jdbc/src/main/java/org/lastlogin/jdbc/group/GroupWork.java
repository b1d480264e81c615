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
   * Returns the rows that an item changes. Items that share one are done in the order of their
   * arrival, never at the same time. {@code null} if it may be any row.
   */
  @Nullable Set<?> rows(T item);

  /** Returns whether doing an item twice comes to the same as doing it once. */
  boolean isRepeatable(T item);

  /** Returns the word for an item in messages. */
  String noun();

  /** Returns a failure as that of an item whose outcome is unknown. */
  DictException uncertain(DictException reason);

  /** Returns the failure of items after a defect in the code, or without memory. */
  default DictException defect(List<T> group, Throwable e) {
    return new DictException("The " + noun() + " failed: " + e, e);
  }

  /** Called when items have failed for good. */
  void failed(DictException reason);
}
