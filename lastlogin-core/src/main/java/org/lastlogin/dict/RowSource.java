package org.lastlogin.dict;

import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The source of the rows of one iteration, for implementations of {@link Dict#iterate}: it is asked
 * for a row when its consumer is ready for one, so that no more than one row is in memory.
 *
 * <p>It is called by one thread at a time, though not always by the same one.
 */
public interface RowSource extends AutoCloseable {

  /**
   * The next row, or {@code null} after the last one.
   *
   * @throws DictException if it cannot be had; the iteration ends with that failure
   */
  @Nullable DictRow next();

  /** Frees what it holds. Called once in any case, before the iteration ends. */
  @Override
  void close();

  /** A source that takes its rows from an iterator, and holds nothing that must be freed. */
  static RowSource of(Iterator<DictRow> rows) {
    Objects.requireNonNull(rows, "rows");
    return new RowSource() {
      @Override
      public @Nullable DictRow next() {
        return rows.hasNext() ? rows.next() : null;
      }

      @Override
      public void close() {}
    };
  }

  /**
   * Hands all rows to a consumer, at the consumer's speed. However many rows there are, and however
   * the consumer's stages complete, this takes constant memory.
   *
   * @param consumer takes the rows
   * @param executor runs all calls of this source and of the consumer; while the consumer is not
   *     ready, nothing runs. {@code Runnable::run} suits a source in memory.
   * @return completes after the last row, or fails as the source or the consumer did; in any case
   *     after the source is closed
   */
  default CompletionStage<Void> deliverTo(RowConsumer consumer, Executor executor) {
    return new RowDelivery(this, consumer, executor).start();
  }
}
