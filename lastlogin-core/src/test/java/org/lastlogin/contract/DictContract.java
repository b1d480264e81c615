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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
 * What every {@link Dict} does. The dict serves the keys {@code shared/tree/$a/$b} (text), {@code
 * shared/pair/$k} (text first, other values may follow), {@code priv/quota/storage} and {@code
 * priv/quota/messages} (numbers of at least 64 bits, which may stand in one row).
 */
public abstract class DictContract {
  /** The context without a user. */
  protected static final DictContext NOBODY = DictContext.NO_USER;

  /** The context of a user. */
  protected static final DictContext ALICE = DictContext.of("alice@example.com");

  /** The context of another user. */
  protected static final DictContext BOB = DictContext.of("bob@example.com");

  private Dict dict;

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

  private static void assertFails(ThrowingCallable awaiting) {
    assertThatThrownBy(awaiting).hasCauseInstanceOf(DictException.class);
  }

  private CommitResult commit(DictTransaction.Builder transaction) throws Exception {
    return await(dict.commit(transaction.build()));
  }

  private void set(DictContext context, String key, String value) throws Exception {
    assertThat(commit(DictTransaction.builder(context).set(key, value)))
        .isEqualTo(CommitResult.COMMITTED);
  }

  private void assertValue(DictContext context, String key, String value) throws Exception {
    assertThat(await(dict.lookup(key, context)))
        .isInstanceOfSatisfying(
            LookupResult.Found.class, found -> assertThat(found.value()).isEqualTo(value));
  }

  private void assertMissing(DictContext context, String key) throws Exception {
    assertThat(await(dict.lookup(key, context))).isEqualTo(LookupResult.notFound());
  }

  private List<DictRow> rows(DictIteration iteration) throws Exception {
    List<DictRow> rows = Collections.synchronizedList(new ArrayList<>());
    await(dict.iterate(iteration, RowConsumer.of(rows::add)));
    return rows;
  }

  @Test
  void findsWhatWasSet() throws Exception {
    set(NOBODY, "shared/tree/x/y", "green");
    set(NOBODY, "shared/pair/key", "first");
    set(ALICE, "priv/quota/storage", "1024");

    assertValue(NOBODY, "shared/tree/x/y", "green");
    assertValue(NOBODY, "shared/pair/key", "first");
    assertValue(ALICE, "priv/quota/storage", "1024");
  }

  @Test
  void doesNotFindAKeyThatIsNotThere() throws Exception {
    set(NOBODY, "shared/tree/x/y", "green");

    assertMissing(NOBODY, "shared/tree/x/z");
    assertMissing(NOBODY, "shared/tree/z/y");
    assertMissing(NOBODY, "shared/pair/x");
    assertMissing(ALICE, "priv/quota/storage");
  }

  @Test
  void newValueReplacesTheOld() throws Exception {
    set(NOBODY, "shared/tree/x/y", "green");
    set(NOBODY, "shared/tree/x/y", "ripe");

    assertValue(NOBODY, "shared/tree/x/y", "ripe");
  }

  @Test
  void appliesAllOperationsOfATransaction() throws Exception {
    CommitResult result =
        commit(
            DictTransaction.builder(ALICE)
                .set("priv/quota/storage", "4096")
                .set("priv/quota/messages", "3")
                .set("shared/tree/x/y", "green")
                .set("shared/tree/x/z", "red"));

    assertThat(result).isEqualTo(CommitResult.COMMITTED);
    assertValue(ALICE, "priv/quota/storage", "4096");
    assertValue(ALICE, "priv/quota/messages", "3");
    assertValue(NOBODY, "shared/tree/x/y", "green");
    assertValue(NOBODY, "shared/tree/x/z", "red");
  }

  @Test
  void laterOperationOfATransactionWins() throws Exception {
    commit(
        DictTransaction.builder(NOBODY)
            .set("shared/tree/x/y", "green")
            .set("shared/tree/a/b", "other")
            .set("shared/tree/x/y", "ripe"));

    assertValue(NOBODY, "shared/tree/x/y", "ripe");
  }

  @Test
  void emptyTransactionChangesNothing() throws Exception {
    assertThat(commit(DictTransaction.builder(NOBODY))).isEqualTo(CommitResult.COMMITTED);
  }

  @Test
  void anEmptyValueIsAValue() throws Exception {
    set(NOBODY, "shared/tree/x/y", "");

    assertValue(NOBODY, "shared/tree/x/y", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\tb",
        "line\nline\r\nline",
        "\u0001 0x01 \u00011\u0001n",
        "it's \"quoted\" `so`",
        "back\\slash \\n \\' \\\\",
        "%_ LIKE, ?, :name, $1, ${x}, {d '2026-01-01'}",
        "'; DROP TABLE tree; --",
        "Grüße, привет, 日本語, ✉",
        "beyond the basic plane: 📬",
        " spaces around "
      })
  void keepsAnyTextAsItIs(String text) throws Exception {
    set(NOBODY, "shared/tree/value/v", text);
    assertValue(NOBODY, "shared/tree/value/v", text);

    set(NOBODY, "shared/tree/" + text.replace('/', '-') + "/k", "under an awkward key");
    assertValue(NOBODY, "shared/tree/" + text.replace('/', '-') + "/k", "under an awkward key");
  }

  @Test
  void lastVariableTakesSlashesToo() throws Exception {
    set(NOBODY, "shared/tree/x/y/z", "deep");

    assertValue(NOBODY, "shared/tree/x/y/z", "deep");
    assertMissing(NOBODY, "shared/tree/x/y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tree/x/y", "share/tree/x/y", "shared", "private/x", "/shared/tree/"})
  void rejectsAKeyOfNoScope(String key) {
    assertFails(() -> await(dict.lookup(key, ALICE)));
    assertFails(() -> commit(DictTransaction.builder(ALICE).set(key, "x")));
    assertFails(() -> rows(DictIteration.below(key, ALICE)));
  }

  @Test
  void failureNamesTheKey() {
    assertThatThrownBy(() -> await(dict.lookup("nowhere/x", ALICE)))
        .cause()
        .hasMessageContaining("nowhere/x");
  }

  @Test
  void rejectsAPrivateKeyWithoutAUser() {
    assertFails(() -> await(dict.lookup("priv/quota/storage", NOBODY)));
    assertFails(() -> commit(DictTransaction.builder(NOBODY).set("priv/quota/storage", "1")));
  }

  @Test
  void failedTransactionLeavesNothingBehind() throws Exception {
    assertFails(
        () ->
            commit(DictTransaction.builder(NOBODY).set("shared/tree/x/y", "1").set("no/key", "2")));
    assertFails(
        () ->
            commit(DictTransaction.builder(NOBODY).set("no/key", "2").set("shared/tree/x/y", "1")));

    assertMissing(NOBODY, "shared/tree/x/y");
  }

  @Test
  void privateKeysOfUsersAreApart() throws Exception {
    set(ALICE, "priv/quota/storage", "1");
    assertMissing(BOB, "priv/quota/storage");

    set(BOB, "priv/quota/storage", "2");
    assertValue(ALICE, "priv/quota/storage", "1");
    assertValue(BOB, "priv/quota/storage", "2");
  }

  @Test
  void sharedKeysAreTheSameForAll() throws Exception {
    set(ALICE, "shared/tree/x/y", "green");

    assertValue(BOB, "shared/tree/x/y", "green");
    assertValue(NOBODY, "shared/tree/x/y", "green");
  }

  @Test
  void unsetRemovesAKeyAndNoOther() throws Exception {
    set(NOBODY, "shared/tree/x/y", "green");
    set(NOBODY, "shared/tree/x/z", "red");

    assertThat(commit(DictTransaction.builder(NOBODY).unset("shared/tree/x/y")))
        .isEqualTo(CommitResult.COMMITTED);

    assertMissing(NOBODY, "shared/tree/x/y");
    assertValue(NOBODY, "shared/tree/x/z", "red");
  }

  @Test
  void unsetOfAMissingKeyDoesNothing() throws Exception {
    assertThat(commit(DictTransaction.builder(NOBODY).unset("shared/tree/x/y")))
        .isEqualTo(CommitResult.COMMITTED);
  }

  @Test
  void incrementAddsAndSubtracts() throws Exception {
    set(ALICE, "priv/quota/storage", "5000000000");
    commit(DictTransaction.builder(ALICE).increment("priv/quota/storage", 5));
    assertValue(ALICE, "priv/quota/storage", "5000000005");

    commit(
        DictTransaction.builder(ALICE)
            .increment("priv/quota/storage", -6)
            .increment("priv/quota/storage", 1));
    assertValue(ALICE, "priv/quota/storage", "5000000000");
  }

  @Test
  void incrementOfAMissingKeySaysSoAndAppliesNothing() throws Exception {
    CommitResult result =
        commit(
            DictTransaction.builder(ALICE)
                .set("shared/tree/x/y", "green")
                .increment("priv/quota/storage", 1));

    assertThat(result).isEqualTo(CommitResult.NOT_FOUND);
    assertMissing(ALICE, "priv/quota/storage");
    assertMissing(NOBODY, "shared/tree/x/y");
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

  @Test
  void refusesEverythingOnceClosed() {
    dict.close();
    dict.close();

    assertFails(() -> await(dict.lookup("shared/tree/x/y", NOBODY)));
    assertFails(() -> commit(DictTransaction.builder(NOBODY).set("shared/tree/x/y", "1")));
    assertFails(() -> rows(DictIteration.below("shared/tree/x/", NOBODY)));
  }

  private void plantTree() throws Exception {
    set(NOBODY, "shared/tree/x/b", "2");
    set(NOBODY, "shared/tree/x/a", "3");
    set(NOBODY, "shared/tree/x/c/d", "1");
    set(NOBODY, "shared/tree/y/a", "4");
  }
}
