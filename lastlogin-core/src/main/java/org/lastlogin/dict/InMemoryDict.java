package org.lastlogin.dict;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
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
 * begins with {@code priv/} or {@code shared/} is allowed. A key whose {@linkplain
 * DictTransaction#expiry() expiry} is over is missing; one that is set again without an expiry
 * stays, and one that is incremented expires when it would have. An iteration may or may not see
 * what changes while it is under way: it copies no keys, so that it needs no memory for its rows.
 * Safe for use by any number of threads; stages are complete when they are returned, unless a
 * consumer of rows makes an iteration wait.
 */
public final class InMemoryDict implements Dict {
  private final Object lock = new Object();

  /** Iterated without the lock, while they change. */
  private final ConcurrentNavigableMap<String, Entry> shared = new ConcurrentSkipListMap<>();

  private final Map<String, ConcurrentNavigableMap<String, Entry>> ofUser = new HashMap<>();
  private final InstantSource clock;
  private boolean closed;

  /** A dict without keys, whose keys expire by the system's clock. */
  public InMemoryDict() {
    this(InstantSource.system());
  }

  /** A dict without keys, whose keys expire by a clock. */
  public InMemoryDict(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** A value, and the time from which on it is gone: {@link Instant#MAX} if never. */
  private record Entry(String value, Instant end) {
    boolean isThere(Instant now) {
      return now.isBefore(end);
    }

    Entry with(String newValue) {
      return new Entry(newValue, end);
    }
  }

  @Override
  public CompletionStage<LookupResult> lookup(String key, DictContext context) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(context, "context");
    return attempt(
        () -> {
          Entry entry = scope(key, context).get(key);
          return entry == null || !entry.isThere(clock.instant())
              ? LookupResult.notFound()
              : LookupResult.found(entry.value());
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

  private ConcurrentNavigableMap<String, Entry> scope(String key, DictContext context) {
    return DictScope.require(key, context) == DictScope.SHARED
        ? shared
        : ofUser.computeIfAbsent(context.username(), user -> new ConcurrentSkipListMap<>());
  }

  private CommitResult apply(DictTransaction transaction) {
    DictContext context = transaction.context();
    Instant now = clock.instant();
    Instant end = end(now, transaction.expiry());
    // The new values are worked out first and put in place last, so that a failure leaves nothing
    // behind.
    Map<String, Entry> changed = new TreeMap<>();
    Set<String> removed = new HashSet<>();
    for (DictOperation operation : transaction.operations()) {
      String key = operation.key();
      Entry present =
          removed.contains(key) ? null : changed.getOrDefault(key, scope(key, context).get(key));
      if (operation instanceof DictOperation.Set set) {
        removed.remove(key);
        changed.put(key, new Entry(set.value(), end));
      } else if (operation instanceof DictOperation.Unset) {
        changed.remove(key);
        removed.add(key);
      } else if (present == null || !present.isThere(now)) {
        return CommitResult.NOT_FOUND;
      } else if (operation instanceof DictOperation.Append append) {
        changed.put(key, present.with(present.value() + append.suffix()));
      } else if (operation instanceof DictOperation.Increment increment) {
        changed.put(key, present.with(add(key, present.value(), increment.difference())));
      }
    }
    removed.forEach(key -> scope(key, context).remove(key));
    changed.forEach((key, value) -> scope(key, context).put(key, value));
    return CommitResult.COMMITTED;
  }

  private static Instant end(Instant now, Duration expiry) {
    boolean never = expiry.isZero() || expiry.compareTo(Duration.between(now, Instant.MAX)) > 0;
    return never ? Instant.MAX : now.plus(expiry);
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
    Instant now = clock.instant();
    Stream<Map.Entry<String, Entry>> entries =
        scope(path, iteration.context()).tailMap(path, true).entrySet().stream()
            .takeWhile(entry -> entry.getKey().startsWith(path))
            .filter(entry -> isWanted(entry.getKey(), iteration))
            .filter(entry -> entry.getValue().isThere(now));
    if (iteration.has(Flag.SORT_BY_VALUE) && !iteration.has(Flag.SORT_BY_KEY)) {
      entries = entries.sorted(Comparator.comparing(entry -> entry.getValue().value()));
    }
    return entries
        .limit(limit)
        .map(
            e ->
                new DictRow(
                    e.getKey(),
                    iteration.has(Flag.NO_VALUES) ? List.of() : List.of(e.getValue().value())))
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
