package org.lastlogin.benchmarks;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.InMemoryDict;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dict.RowSource;

/** A dict in memory whose iterations never end. Thread-safe. */
final class EndlessDict implements Dict {
  private final Dict keys = new InMemoryDict();
  private final int valueCharacters;

  /** Creates a dict whose rows have a value of this length. */
  EndlessDict(int valueCharacters) {
    this.valueCharacters = valueCharacters;
  }

  @Override
  public CompletionStage<LookupResult> lookup(String key, DictContext context) {
    return keys.lookup(key, context);
  }

  @Override
  public CompletionStage<Void> iterate(DictIteration iteration, RowConsumer rows) {
    Iterator<DictRow> endless =
        LongStream.iterate(0, n -> n + 1)
            .mapToObj(n -> new DictRow(iteration.path() + n, List.of(value())))
            .iterator();
    return RowSource.of(endless).deliverTo(rows, ForkJoinPool.commonPool());
  }

  /** Returns a new string for every row, as a database driver does. */
  private String value() {
    return "1".repeat(valueCharacters);
  }

  @Override
  public CompletionStage<CommitResult> commit(DictTransaction transaction) {
    return keys.commit(transaction);
  }

  @Override
  public void close() {
    keys.close();
  }
}
