package org.lastlogin.dictd;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;

/** A dict of one key with two values; the second is empty. Thread-safe. */
final class PairDict implements Dict {
  private static final List<String> VALUES = List.of("one", "");

  @Override
  public CompletionStage<LookupResult> lookup(String key, DictContext context) {
    return CompletableFuture.completedStage(LookupResult.found(VALUES));
  }

  @Override
  public CompletionStage<Void> iterate(DictIteration iteration, RowConsumer rows) {
    return rows.accept(new DictRow(iteration.path() + "k", VALUES));
  }

  @Override
  public CompletionStage<CommitResult> commit(DictTransaction transaction) {
    return CompletableFuture.failedStage(new DictException("This dict is read-only"));
  }

  @Override
  public void close() {}
}
