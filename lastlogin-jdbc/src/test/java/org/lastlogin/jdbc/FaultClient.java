package org.lastlogin.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;

/**
 * One of several that use a dict while faults happen: sets and removes keys of its own, always
 * several at a time, and increments counters that all of them share. For use by one thread.
 */
final class FaultClient {
  /** Each increment of this user's counter sets a key of its own in the same transaction. */
  static final String EXACT = "exact";

  /** Increments of this user's counter are made alone. */
  static final String ALONE = "alone";

  /** This user has no counter. */
  static final String MISSING = "missing";

  private static final String COUNTER = "priv/quota/storage";
  private static final int GROUPS = 6;
  private static final int IN_FLIGHT = 6;
  private static final int FEWEST = 100;
  private static final int MOST = 10_000;
  private static final int ANSWER_LIMIT_SECONDS = 60;

  /**
   * A transaction that was committed.
   *
   * @param values what the keys shall have; nothing if they are removed
   * @param counter whose counter it increments by 1, if any
   * @param commit its outcome
   * @param nanos how long the answer took, once it is there
   */
  record Deed(
      Map<String, Optional<String>> values,
      Optional<String> counter,
      CompletionStage<CommitResult> commit,
      AtomicLong nanos) {}

  private final Dict dict;
  private final int number;
  private final RandomGenerator random;
  private final Semaphore room = new Semaphore(IN_FLIGHT);
  private final List<Deed> deeds = new ArrayList<>();

  FaultClient(Dict dict, int number, long seed) {
    this.dict = dict;
    this.number = number;
    this.random = new SplittableRandom(seed * 31 + number);
  }

  /** Commits until there were enough faults; returns all it did, each answered. */
  List<Deed> run(BooleanSupplier enough) throws InterruptedException {
    for (int i = 0; i < FEWEST || (!enough.getAsBoolean() && i < MOST); i++) {
      awaitRoom(1);
      step(i);
    }
    awaitRoom(IN_FLIGHT);
    return deeds;
  }

  private void awaitRoom(int permits) throws InterruptedException {
    if (!room.tryAcquire(permits, ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("No answer within " + ANSWER_LIMIT_SECONDS + " s");
    }
  }

  private void step(int i) {
    String value = Integer.toString(i);
    switch (random.nextInt(10)) {
      case 0 -> remove();
      case 1 -> replace(value);
      case 2, 3 -> increment(EXACT, "shared/tree/" + EXACT + "/" + number + "-" + i);
      case 4 -> increment(ALONE);
      case 5 -> increment(MISSING, "shared/tree/" + MISSING + "/" + number + "-" + i);
      default -> set(value);
    }
  }

  private void set(String value) {
    DictTransaction.Builder transaction = DictTransaction.builder(DictContext.NO_USER);
    List<String> keys = someKeys();
    keys.forEach(key -> transaction.set(key, value));
    commit(transaction, values(keys, Optional.of(value)), Optional.empty());
  }

  private void remove() {
    DictTransaction.Builder transaction = DictTransaction.builder(DictContext.NO_USER);
    List<String> keys = someKeys();
    keys.forEach(transaction::unset);
    commit(transaction, values(keys, Optional.empty()), Optional.empty());
  }

  private void replace(String value) {
    DictTransaction.Builder transaction = DictTransaction.builder(DictContext.NO_USER);
    List<String> keys = someKeys();
    keys.forEach(key -> transaction.unset(key).set(key, value));
    commit(transaction, values(keys, Optional.of(value)), Optional.empty());
  }

  private void increment(String user, String... marks) {
    DictTransaction.Builder transaction = DictTransaction.builder(DictContext.of(user));
    List<String> keys = List.of(marks);
    keys.forEach(key -> transaction.set(key, "v"));
    transaction.increment(COUNTER, 1);
    commit(transaction, values(keys, Optional.of("v")), Optional.of(user));
  }

  private void commit(
      DictTransaction.Builder transaction,
      Map<String, Optional<String>> values,
      Optional<String> counter) {
    long start = System.nanoTime();
    AtomicLong nanos = new AtomicLong();
    CompletionStage<CommitResult> commit =
        dict.commit(transaction.build())
            .whenComplete(
                (result, failure) -> {
                  nanos.set(System.nanoTime() - start);
                  room.release();
                });
    deeds.add(new Deed(values, counter, commit, nanos));
  }

  /** One to three keys, which are never written without each other. */
  private List<String> someKeys() {
    int group = random.nextInt(GROUPS);
    List<String> keys = new ArrayList<>();
    for (int i = 0; i <= group % 3; i++) {
      keys.add("shared/tree/" + number + "-" + group + "/" + i);
    }
    return keys;
  }

  private static Map<String, Optional<String>> values(List<String> keys, Optional<String> value) {
    Map<String, Optional<String>> values = new TreeMap<>();
    keys.forEach(key -> values.put(key, value));
    return values;
  }
}
