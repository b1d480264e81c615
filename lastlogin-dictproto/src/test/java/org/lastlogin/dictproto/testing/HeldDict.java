package org.lastlogin.dictproto.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;

/**
 * A dict whose calls stay pending until the test answers them. Safe for use by any number of
 * threads.
 */
public final class HeldDict implements Dict {
  private final List<CompletableFuture<LookupResult>> lookups = new ArrayList<>();
  private final List<DictTransaction> transactions = new ArrayList<>();
  private final List<CompletableFuture<CommitResult>> commits = new ArrayList<>();
  private DictException failure;
  private RuntimeException thrown;

  /** Creates a dict whose calls all stay pending. */
  public HeldDict() {}

  /** Makes all later commits fail. */
  public synchronized void failCommits(DictException why) {
    failure = why;
  }

  /** Makes all later commits throw, which a dict must not do. */
  public synchronized void throwFromCommits(RuntimeException defect) {
    thrown = defect;
  }

  /** Returns how many lookups were made. */
  public synchronized int lookups() {
    return lookups.size();
  }

  /** Answers a lookup, counted from 0. */
  public void answerLookup(int index, String value) {
    CompletableFuture<LookupResult> lookup;
    synchronized (this) {
      lookup = lookups.get(index);
    }
    lookup.complete(LookupResult.found(value));
  }

  /** Fails a lookup, counted from 0. */
  public void failLookup(int index, DictException why) {
    CompletableFuture<LookupResult> lookup;
    synchronized (this) {
      lookup = lookups.get(index);
    }
    lookup.completeExceptionally(why);
  }

  /** Completes a commit, counted from 0. */
  public void answerCommit(int index) {
    CompletableFuture<CommitResult> commit;
    synchronized (this) {
      commit = commits.get(index);
    }
    commit.complete(CommitResult.COMMITTED);
  }

  /** Returns the transactions that were committed. */
  public synchronized List<DictTransaction> transactions() {
    return List.copyOf(transactions);
  }

  @Override
  public synchronized CompletionStage<LookupResult> lookup(String key, DictContext context) {
    CompletableFuture<LookupResult> lookup = new CompletableFuture<>();
    lookups.add(lookup);
    return lookup;
  }

  @Override
  public CompletionStage<Void> iterate(DictIteration iteration, RowConsumer rows) {
    return new CompletableFuture<>();
  }

  @Override
  public synchronized CompletionStage<CommitResult> commit(DictTransaction transaction) {
    if (thrown != null) {
      throw thrown;
    }
    transactions.add(transaction);
    if (failure != null) {
      return CompletableFuture.failedStage(failure);
    }
    CompletableFuture<CommitResult> commit = new CompletableFuture<>();
    commits.add(commit);
    return commit;
  }

  @Override
  public void close() {}
}
