package org.lastlogin.dict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A dict for callers that wait: for command lines, batch jobs and tests, where a thread may block.
 *
 * <pre>{@code
 * BlockingDict quota = BlockingDict.of(dict).as("carol@example.com");
 * quota.set("priv/quota/storage", "1024");
 * quota.get("priv/quota/storage").ifPresent(System.out::println);
 * }</pre>
 *
 * <p>Failures are thrown as the {@link DictException} that they are; where its caller stood is
 * among its {@linkplain Throwable#getSuppressed() suppressed} exceptions. An exception that wraps
 * it would hide its type from {@code catch}. So fails, too, what takes longer than the time limit,
 * and what waits in a thread that is interrupted, which then stays interrupted; a commit fails with
 * an {@link UncertainCommitException} in both cases.
 *
 * <p>Immutable, and safe for use by any number of threads. The dict underneath is its owner's to
 * close.
 */
public final class BlockingDict {
  private static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(30);

  private final Dict dict;
  private final DictContext context;
  private final Duration timeLimit;

  private BlockingDict(Dict dict, DictContext context, Duration timeLimit) {
    this.dict = Objects.requireNonNull(dict, "dict");
    this.context = Objects.requireNonNull(context, "context");
    this.timeLimit = timeLimit;
  }

  /** Waits for a dict; without a user, and for 30 seconds at most. */
  public static BlockingDict of(Dict dict) {
    return new BlockingDict(dict, DictContext.NO_USER, DEFAULT_TIME_LIMIT);
  }

  /** The same on behalf of a user, to whom the {@code priv/} keys belong then. */
  public BlockingDict as(String username) {
    return new BlockingDict(dict, DictContext.of(username), timeLimit);
  }

  /**
   * The same with another time limit.
   *
   * @param limit how long one call may take; an iteration has that time for each row
   * @throws IllegalArgumentException if it is not positive
   */
  public BlockingDict within(Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException("Not a positive duration: " + limit);
    }
    return new BlockingDict(dict, context, limit);
  }

  /** The value of a key, the first if it has several; empty if there is no such key. */
  public Optional<String> get(String key) {
    return lookup(key) instanceof LookupResult.Found found
        ? Optional.of(found.value())
        : Optional.empty();
  }

  /** All values of a key. */
  public LookupResult lookup(String key) {
    return new Waiting("lookup of " + key, timeLimit, DictException::new)
        .until(dict.lookup(key, context));
  }

  /** Gives a key a value, whether it exists or not. */
  public void set(String key, String value) {
    commit(DictTransaction.of(context, new DictOperation.Set(key, value)));
  }

  /** Removes a key; nothing happens if it does not exist. */
  public void unset(String key) {
    commit(DictTransaction.of(context, new DictOperation.Unset(key)));
  }

  /**
   * Adds to the number under a key.
   *
   * @param difference what to add; negative to subtract
   * @return whether the key exists; otherwise nothing was done
   */
  public boolean increment(String key, long difference) {
    DictOperation increment = new DictOperation.Increment(key, difference);
    return commit(DictTransaction.of(context, increment)) == CommitResult.COMMITTED;
  }

  /** Applies a transaction, whole or not at all, in the transaction's own context. */
  public CommitResult commit(DictTransaction transaction) {
    String keys =
        transaction.operations().stream()
            .limit(3)
            .map(DictOperation::key)
            .collect(Collectors.joining(", "));
    return new Waiting("commit of " + keys, timeLimit, UncertainCommitException::new)
        .until(dict.commit(transaction));
  }

  /**
   * Hands the rows of an iteration to a consumer, in the calling thread; the dict goes on
   * meanwhile, and waits when it is 64 rows ahead. The iteration has its own context. What the
   * consumer throws ends it and is thrown as it is.
   */
  public void iterate(DictIteration iteration, Consumer<? super DictRow> rows) {
    Objects.requireNonNull(rows, "rows");
    RowHandover handover = new RowHandover();
    var unused = dict.iterate(iteration, handover).whenComplete(handover::end);
    handover.takeAll(
        rows, new Waiting("iteration of " + iteration.path(), timeLimit, DictException::new));
  }

  /** The rows of an iteration, all in memory. */
  public List<DictRow> list(DictIteration iteration) {
    List<DictRow> rows = new ArrayList<>();
    iterate(iteration, rows::add);
    return rows;
  }
}
