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
 * A dict that answers when, and how, a test says; what nobody answers stays pending. Safe for use
 * by any number of threads.
 */
public final class HeldDict implements Dict {
  private final List<CompletableFuture<LookupResult>> lookups = new ArrayList<>();
  private final List<DictTransaction> transactions = new ArrayList<>();
  private final List<CompletableFuture<CommitResult>> commits = new ArrayList<>();
  private DictException failure;
  private RuntimeException thrown;

  /** A dict of which everything stays pending. */
  public HeldDict() {}

  /** From now on commits fail. */
  public synchronized void failCommits(DictException why) {
    failure = why;
  }

  /** From now on commits throw, as no dict should. */
  public synchronized void throwFromCommits(RuntimeException defect) {
    thrown = defect;
  }

  /** How many lookups have come. */
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

  /** Makes a lookup, counted from 0, a failure. */
  public void failLookup(int index, DictException why) {
    CompletableFuture<LookupResult> lookup;
    synchronized (this) {
      lookup = lookups.get(index);
    }
    lookup.completeExceptionally(why);
  }

  /** Makes a commit, counted from 0, a success. */
  public void answerCommit(int index) {
    CompletableFuture<CommitResult> commit;
    synchronized (this) {
      commit = commits.get(index);
    }
    commit.complete(CommitResult.COMMITTED);
  }

  /** The transactions that have come. */
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
