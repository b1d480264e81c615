package org.lastlogin.dict;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.lastlogin.dict.DictIteration.Flag;

/**
 * A dict that lives in memory, for tests and trials: every key has one value, and every key that
 * begins with {@code priv/} or {@code shared/} is allowed. It knows no expiry. An iteration may or
 * may not see what changes while it is under way. Safe for use by any number of threads; stages are
 * complete when they are returned, unless a consumer of rows makes an iteration wait.
 */
public final class InMemoryDict implements Dict {
  private final Object lock = new Object();

  /** Iterated without the lock, while they change. */
  private final ConcurrentNavigableMap<String, String> shared = new ConcurrentSkipListMap<>();

  private final Map<String, ConcurrentNavigableMap<String, String>> ofUser = new HashMap<>();
  private boolean closed;

  /** A dict without keys. */
  public InMemoryDict() {}

  @Override
  public CompletionStage<LookupResult> lookup(String key, DictContext context) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(context, "context");
    return attempt(
        () -> {
          String value = scope(key, context).get(key);
          return value == null ? LookupResult.notFound() : LookupResult.found(value);
        });
  }

  @Override
  public CompletionStage<CommitResult> commit(DictTransaction transaction) {
    Objects.requireNonNull(transaction, "transaction");
    return attempt(() -> apply(transaction));
  }

  @Override
  public CompletionStage<Void> iterate(DictIteration iteration, RowConsumer rows) {
    Objects.requireNonNull(iteration, "iteration");
    Objects.requireNonNull(rows, "rows");
    return attempt(() -> RowSource.of(select(iteration)))
        .thenCompose(source -> source.deliverTo(rows, Runnable::run));
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
  }

  private <T> CompletableFuture<T> attempt(Supplier<T> action) {
    synchronized (lock) {
      if (closed) {
        return CompletableFuture.failedFuture(new DictException("The dict is closed"));
      }
      try {
        return CompletableFuture.completedFuture(action.get());
      } catch (DictException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  }

  private ConcurrentNavigableMap<String, String> scope(String key, DictContext context) {
    return DictScope.require(key, context) == DictScope.SHARED
        ? shared
        : ofUser.computeIfAbsent(context.username(), user -> new ConcurrentSkipListMap<>());
  }

  private CommitResult apply(DictTransaction transaction) {
    DictContext context = transaction.context();
    // The new values are worked out first and put in place last, so that a failure leaves nothing
    // behind.
    Map<String, String> changed = new TreeMap<>();
    Set<String> removed = new HashSet<>();
    for (DictOperation operation : transaction.operations()) {
      String key = operation.key();
      String present =
          removed.contains(key) ? null : changed.getOrDefault(key, scope(key, context).get(key));
      if (operation instanceof DictOperation.Set set) {
        removed.remove(key);
        changed.put(key, set.value());
      } else if (operation instanceof DictOperation.Unset) {
        changed.remove(key);
        removed.add(key);
      } else if (present == null) {
        return CommitResult.NOT_FOUND;
      } else if (operation instanceof DictOperation.Append append) {
        changed.put(key, present + append.suffix());
      } else if (operation instanceof DictOperation.Increment increment) {
        changed.put(key, add(key, present, increment.difference()));
      }
    }
    removed.forEach(key -> scope(key, context).remove(key));
    changed.forEach((key, value) -> scope(key, context).put(key, value));
    return CommitResult.COMMITTED;
  }

  private static String add(String key, String present, long difference) {
    try {
      return new BigInteger(present).add(BigInteger.valueOf(difference)).toString();
    } catch (NumberFormatException e) {
      throw new DictException(
          "Cannot increment " + key + ": its value is not a number: " + present, e);
    }
  }

  private Iterator<DictRow> select(DictIteration iteration) {
    String path = iteration.path();
    long limit = iteration.maxRows() == 0 ? Long.MAX_VALUE : iteration.maxRows();
    Stream<Map.Entry<String, String>> entries =
        scope(path, iteration.context()).tailMap(path, true).entrySet().stream()
            .takeWhile(entry -> entry.getKey().startsWith(path))
            .filter(entry -> isWanted(entry.getKey(), iteration));
    if (iteration.has(Flag.SORT_BY_VALUE) && !iteration.has(Flag.SORT_BY_KEY)) {
      entries = entries.sorted(Map.Entry.comparingByValue());
    }
    return entries
        .limit(limit)
        .map(
            e ->
                new DictRow(
                    e.getKey(), iteration.has(Flag.NO_VALUES) ? List.of() : List.of(e.getValue())))
        .iterator();
  }

  private static boolean isWanted(String key, DictIteration iteration) {
    String path = iteration.path();
    if (iteration.has(Flag.EXACT_KEY)) {
      return key.equals(path);
    }
    return path.endsWith("/")
        && key.length() > path.length()
        && (iteration.has(Flag.RECURSE) || key.indexOf('/', path.length()) < 0);
  }
}
