package org.lastlogin.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;

/**
 * A dict in front of another one that lets operations fail, wait or get lost when a test says so,
 * and passes all others on.
 *
 * <pre>{@code
 * FaultyDict dict = new FaultyDict(new InMemoryDict());
 * dict.next(2, Fault.failure(new DictException("The database is down")));
 * }</pre>
 *
 * <p>Safe for use by any number of threads.
 */
public final class FaultyDict implements Dict {
  private final Dict dict;
  private final Deque<Fault> next = new ArrayDeque<>();
  private final Deque<Fault> nextCommits = new ArrayDeque<>();
  private final Deque<Breakage> nextIterations = new ArrayDeque<>();
  private final List<DictTransaction> transactions = new ArrayList<>();
  private final AtomicInteger operations = new AtomicInteger();
  private Fault always;

  /** A dict without faults so far; closing it closes the dict behind it. */
  public FaultyDict(Dict dict) {
    this.dict = Objects.requireNonNull(dict, "dict");
  }

  /** The next operation has a fault; called again, the one after it, and so on. */
  public FaultyDict next(Fault fault) {
    return next(1, fault);
  }

  /** Some operations, behind those for which faults are planned already, have a fault. */
  public synchronized FaultyDict next(int count, Fault fault) {
    next.addAll(Collections.nCopies(count, fault));
    return this;
  }

  /** The next commit, whatever comes before it, has a fault. */
  public synchronized FaultyDict nextCommit(Fault fault) {
    nextCommits.add(fault);
    return this;
  }

  /** The next iteration, whatever comes before it, fails when it has handed over some rows. */
  public synchronized FaultyDict nextIterationAfter(int rows, DictException why) {
    nextIterations.add(new Breakage(new AtomicInteger(rows), why));
    return this;
  }

  /** All operations have a fault from now on, save those for which another one is planned. */
  public synchronized FaultyDict always(Fault fault) {
    always = fault;
    return this;
  }

  /** Forgets all faults; operations that wait go on waiting. */
  public synchronized void heal() {
    next.clear();
    nextCommits.clear();
    nextIterations.clear();
    always = null;
  }

  /** How many operations there were, whatever became of them. */
  public int operations() {
    return operations.get();
  }

  /** The transactions that were to be committed, whatever became of them. */
  public synchronized List<DictTransaction> transactions() {
    return List.copyOf(transactions);
  }

  @Override
  public CompletionStage<LookupResult> lookup(String key, DictContext context) {
    return strike(fault(null), () -> dict.lookup(key, context));
  }

  @Override
  public CompletionStage<Void> iterate(DictIteration iteration, RowConsumer rows) {
    Breakage breakage;
    synchronized (this) {
      breakage = nextIterations.poll();
    }
    return strike(
        fault(null),
        () ->
            breakage == null
                ? dict.iterate(iteration, rows)
                : breakage.iterate(dict, iteration, rows));
  }

  @Override
  public CompletionStage<CommitResult> commit(DictTransaction transaction) {
    Fault planned;
    synchronized (this) {
      transactions.add(transaction);
      planned = nextCommits.poll();
    }
    return strike(fault(planned), () -> dict.commit(transaction));
  }

  private synchronized Fault fault(Fault planned) {
    operations.incrementAndGet();
    if (planned != null) {
      return planned;
    }
    return next.isEmpty() ? always : next.remove();
  }

  /** Outside of the lock: what an operation sets going may come back to this dict. */
  private static <T> CompletionStage<T> strike(
      Fault fault, Supplier<CompletionStage<T>> operation) {
    return fault == null ? operation.get() : fault.strike(operation);
  }

  @Override
  public void close() {
    dict.close();
  }

  /** Ends an iteration before its end. */
  private record Breakage(AtomicInteger rowsLeft, DictException why) {
    CompletionStage<Void> iterate(Dict dict, DictIteration iteration, RowConsumer rows) {
      return dict.iterate(
              iteration, row -> rowsLeft.getAndDecrement() > 0 ? rows.accept(row) : broken())
          .thenCompose(end -> broken());
    }

    private CompletionStage<Void> broken() {
      return CompletableFuture.failedStage(why);
    }
  }
}
