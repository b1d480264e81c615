package org.lastlogin.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;

/**
 * What every {@link Dict} does when it is iterated, and what its suites share. Subclass {@link
 * DictContract}, which has all the tests.
 */
public abstract class DictIterationContract {
  /** The context without a user. */
  protected static final DictContext NOBODY = DictContext.NO_USER;

  /** The context of a user. */
  protected static final DictContext ALICE = DictContext.of("alice@example.com");

  /** The context of another user. */
  protected static final DictContext BOB = DictContext.of("bob@example.com");

  /** The dict of this test. */
  Dict dict;

  /** A dict without a single key in it; called once for each test, and closed after it. */
  protected abstract Dict newDict() throws Exception;

  @BeforeEach
  void createDict() throws Exception {
    dict = newDict();
  }

  @AfterEach
  void closeDict() {
    dict.close();
  }

  /** What a stage ends with; fails the test if it does not end soon. */
  protected static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  static void assertFails(ThrowingCallable awaiting) {
    assertThatThrownBy(awaiting).hasCauseInstanceOf(DictException.class);
  }

  CommitResult commit(DictTransaction.Builder transaction) throws Exception {
    return await(dict.commit(transaction.build()));
  }

  void set(DictContext context, String key, String value) throws Exception {
    assertThat(commit(DictTransaction.builder(context).set(key, value)))
        .isEqualTo(CommitResult.COMMITTED);
  }

  void assertValue(DictContext context, String key, String value) throws Exception {
    assertThat(await(dict.lookup(key, context)))
        .isInstanceOfSatisfying(
            LookupResult.Found.class, found -> assertThat(found.value()).isEqualTo(value));
  }

  void assertMissing(DictContext context, String key) throws Exception {
    assertThat(await(dict.lookup(key, context))).isEqualTo(LookupResult.notFound());
  }

  List<DictRow> rows(DictIteration iteration) throws Exception {
    List<DictRow> rows = Collections.synchronizedList(new ArrayList<>());
    await(dict.iterate(iteration, RowConsumer.of(rows::add)));
    return rows;
  }

  @Test
  void iteratesTheKeysDirectlyBelowAPath() throws Exception {
    plantTree();

    assertThat(rows(DictIteration.below("shared/tree/x/", NOBODY, Flag.SORT_BY_KEY)))
        .containsExactly(
            new DictRow("shared/tree/x/a", List.of("3")),
            new DictRow("shared/tree/x/b", List.of("2")));
    assertThat(rows(DictIteration.below("shared/tree/none/", NOBODY))).isEmpty();
    assertThat(rows(DictIteration.below("shared/tree/", NOBODY))).isEmpty();
  }

  @Test
  void iteratesAllKeysBelowAPath() throws Exception {
    plantTree();

    assertThat(rows(DictIteration.below("shared/tree/x/", NOBODY, Flag.RECURSE)))
        .extracting(DictRow::key)
        .containsExactlyInAnyOrder("shared/tree/x/a", "shared/tree/x/b", "shared/tree/x/c/d");
    assertThat(rows(DictIteration.below("shared/tree/", NOBODY, Flag.RECURSE))).hasSize(4);
  }

  @Test
  void iteratesInTheOrderOfTheValues() throws Exception {
    plantTree();

    assertThat(rows(DictIteration.below("shared/tree/x/", NOBODY, Flag.SORT_BY_VALUE)))
        .extracting(DictRow::key)
        .containsExactly("shared/tree/x/b", "shared/tree/x/a");
  }

  @Test
  void iteratesInTheOrderOfTheKeysIfBothAreAskedFor() throws Exception {
    plantTree();

    assertThat(
            rows(
                DictIteration.below(
                    "shared/tree/x/", NOBODY, Flag.SORT_BY_KEY, Flag.SORT_BY_VALUE)))
        .extracting(DictRow::key)
        .containsExactly("shared/tree/x/a", "shared/tree/x/b");
  }

  @Test
  void iteratesKeysAlone() throws Exception {
    plantTree();

    assertThat(
            rows(DictIteration.below("shared/tree/x/", NOBODY, Flag.NO_VALUES, Flag.SORT_BY_KEY)))
        .containsExactly(
            new DictRow("shared/tree/x/a", List.of()), new DictRow("shared/tree/x/b", List.of()));
  }

  @Test
  void iteratesOneKey() throws Exception {
    plantTree();

    assertThat(rows(DictIteration.below("shared/tree/x/a", NOBODY, Flag.EXACT_KEY)))
        .containsExactly(new DictRow("shared/tree/x/a", List.of("3")));
    assertThat(rows(DictIteration.below("shared/tree/x/q", NOBODY, Flag.EXACT_KEY))).isEmpty();
  }

  @Test
  void iterationStopsAtItsLimit() throws Exception {
    plantTree();

    assertThat(rows(new DictIteration("shared/tree/x/", Set.of(), 1, NOBODY))).hasSize(1);
  }

  @Test
  void wildcardsOfSqlMatchThemselvesInAPath() throws Exception {
    set(NOBODY, "shared/tree/100%/a", "1");
    set(NOBODY, "shared/tree/100x/b", "2");
    set(NOBODY, "shared/tree/_/c", "3");

    assertThat(rows(DictIteration.below("shared/tree/100%/", NOBODY)))
        .containsExactly(new DictRow("shared/tree/100%/a", List.of("1")));
    assertThat(rows(DictIteration.below("shared/tree/_/", NOBODY)))
        .containsExactly(new DictRow("shared/tree/_/c", List.of("3")));
  }

  @Test
  void iterationWaitsForItsConsumer() throws Exception {
    for (int i : IntStream.range(0, 20).toArray()) {
      set(NOBODY, "shared/tree/x/" + i, "v");
    }
    AtomicInteger busy = new AtomicInteger();
    AtomicInteger mostBusy = new AtomicInteger();
    RowConsumer slow =
        row -> {
          mostBusy.accumulateAndGet(busy.incrementAndGet(), Math::max);
          return CompletableFuture.runAsync(busy::decrementAndGet);
        };

    await(dict.iterate(DictIteration.below("shared/tree/x/", NOBODY), slow));

    assertThat(mostBusy).hasValue(1);
    assertThat(busy).hasValue(0);
  }

  @Test
  void failureOfTheConsumerEndsTheIteration() throws Exception {
    plantTree();
    IllegalStateException full = new IllegalStateException("full");
    AtomicInteger calls = new AtomicInteger();
    RowConsumer failing =
        row -> {
          calls.incrementAndGet();
          return CompletableFuture.failedFuture(full);
        };

    assertThatThrownBy(
            () -> await(dict.iterate(DictIteration.below("shared/tree/x/", NOBODY), failing)))
        .hasRootCause(full);
    assertThat(calls).hasValue(1);
  }

  private void plantTree() throws Exception {
    set(NOBODY, "shared/tree/x/b", "2");
    set(NOBODY, "shared/tree/x/a", "3");
    set(NOBODY, "shared/tree/x/c/d", "1");
    set(NOBODY, "shared/tree/y/a", "4");
  }
}
