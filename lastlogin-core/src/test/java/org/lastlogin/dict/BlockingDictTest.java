package org.lastlogin.dict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.testing.Fault;
import org.lastlogin.testing.FaultyDict;

class BlockingDictTest {
  private static final DictIteration ALL =
      DictIteration.below("shared/tree/", DictContext.NO_USER, Flag.RECURSE);
  private static final DictRow ROW = new DictRow("shared/tree/a", List.of());

  private final InMemoryDict dict = new InMemoryDict();
  private final BlockingDict blocking = BlockingDict.of(dict);

  @Test
  void getsSetsAndUnsets() {
    assertThat(blocking.get("shared/a")).isEmpty();
    blocking.set("shared/a", "1");
    assertThat(blocking.get("shared/a")).contains("1");
    assertThat(blocking.lookup("shared/a")).isEqualTo(LookupResult.found("1"));
    blocking.unset("shared/a");
    assertThat(blocking.get("shared/a")).isEmpty();
    assertThat(blocking.lookup("shared/a")).isEqualTo(LookupResult.notFound());
  }

  @Test
  void incrementsWhatIsThere() {
    assertThat(blocking.increment("shared/n", 2)).isFalse();
    blocking.set("shared/n", "1");
    assertThat(blocking.increment("shared/n", 2)).isTrue();
    assertThat(blocking.get("shared/n")).contains("3");
  }

  @Test
  void actsOnBehalfOfAUser() {
    blocking.as("carol").set("priv/a", "1");
    assertThat(blocking.as("carol").get("priv/a")).contains("1");
    assertThat(blocking.as("dave").get("priv/a")).isEmpty();
    assertThatThrownBy(() -> blocking.get("priv/a")).isInstanceOf(DictException.class);
  }

  @Test
  void iteratesInTheCallingThread() {
    int count = 10_000;
    DictTransaction.Builder transaction = DictTransaction.builder(DictContext.NO_USER);
    IntStream.range(0, count).forEach(i -> transaction.set("shared/tree/" + i, "v"));
    assertThat(blocking.commit(transaction.build())).isEqualTo(CommitResult.COMMITTED);

    List<Thread> threads = new ArrayList<>();
    blocking.iterate(ALL, row -> threads.add(Thread.currentThread()));
    assertThat(threads).hasSize(count).containsOnly(Thread.currentThread());
    assertThat(blocking.list(ALL)).hasSize(count).doesNotHaveDuplicates();
  }

  @Test
  void throwsWhatTheConsumerThrows() {
    blocking.set("shared/tree/a", "1");
    blocking.set("shared/tree/b", "1");
    IllegalStateException full = new IllegalStateException("full");
    assertThatThrownBy(
            () ->
                blocking.iterate(
                    ALL,
                    row -> {
                      throw full;
                    }))
        .isSameAs(full);
  }

  @Test
  void throwsTheFailureItselfAndShowsItsCaller() {
    dict.close();
    assertThatThrownBy(() -> blocking.get("shared/a"))
        .isExactlyInstanceOf(DictException.class)
        .hasMessage("The dict is closed")
        .satisfies(BlockingDictTest::showsThisClass);
    assertThatThrownBy(() -> blocking.list(ALL))
        .isExactlyInstanceOf(DictException.class)
        .hasMessage("The dict is closed")
        .satisfies(BlockingDictTest::showsThisClass);
  }

  private static void showsThisClass(Throwable failure) {
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(
            caller ->
                assertThat(Arrays.stream(caller.getStackTrace()))
                    .extracting(StackTraceElement::getClassName)
                    .contains(BlockingDictTest.class.getName()));
  }

  @Test
  void needsAPositiveTimeLimit() {
    assertThatThrownBy(() -> blocking.within(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void waitsNoLongerThanItsLimit() {
    BlockingDict impatient =
        BlockingDict.of(new FaultyDict(dict).always(Fault.silence())).within(Duration.ofMillis(1));
    assertThatThrownBy(() -> impatient.get("shared/a"))
        .isExactlyInstanceOf(DictException.class)
        .hasMessage("The lookup of shared/a took longer than 1 ms");
    assertThatThrownBy(() -> impatient.list(ALL))
        .isExactlyInstanceOf(DictException.class)
        .hasMessage("The iteration of shared/tree/ took longer than 1 ms");
    assertThatThrownBy(() -> impatient.set("shared/a", "1"))
        .isExactlyInstanceOf(UncertainCommitException.class)
        .hasMessage("The commit of shared/a took longer than 1 ms");
  }

  @Test
  void staysInterrupted() {
    BlockingDict silent = BlockingDict.of(new FaultyDict(dict).always(Fault.silence()));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> silent.get("shared/a"))
        .isInstanceOf(DictException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void keepsTheDictFromBeingFarAhead() {
    RowHandover handover = new RowHandover();
    Waiting waiting = new Waiting("iteration", Duration.ofSeconds(9), DictException::new);
    CompletableFuture<Void> held = fill(handover).toCompletableFuture();
    handover.end(null, null);

    List<Boolean> freed = new ArrayList<>();
    handover.takeAll(row -> freed.add(held.isDone()), waiting);
    assertThat(freed).hasSize(RowHandover.MAX_AHEAD).startsWith(false).endsWith(true);
  }

  /** Hands rows over until the dict has to wait. */
  private static CompletionStage<Void> fill(RowHandover handover) {
    for (int i = 1; i < RowHandover.MAX_AHEAD; i++) {
      assertThat(handover.accept(ROW).toCompletableFuture()).isCompleted();
    }
    CompletionStage<Void> held = handover.accept(ROW);
    assertThat(held.toCompletableFuture()).isNotDone();
    return held;
  }

  @Test
  void endsAnIterationForWhichNobodyWaitsAnyLonger() {
    RowHandover handover = new RowHandover();
    Waiting waiting = new Waiting("iteration", Duration.ofMillis(1), DictException::new);
    CompletionStage<Void> held = fill(handover);
    assertThatThrownBy(() -> handover.takeAll(row -> assertThat(row).isNull(), waiting))
        .isInstanceOf(AssertionError.class);

    assertThat(held.toCompletableFuture()).isCompletedExceptionally();
    assertThat(handover.accept(ROW).toCompletableFuture()).isCompletedExceptionally();
  }
}
