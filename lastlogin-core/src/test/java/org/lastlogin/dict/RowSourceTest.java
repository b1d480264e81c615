package org.lastlogin.dict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowSourceTest {
  /** Far more than the frames that fit onto a stack. */
  private static final int MANY = 1_000_000;

  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger closings = new AtomicInteger();

  /** Rows that are made when they are asked for. */
  private RowSource rows(int count) {
    Iterator<DictRow> rows =
        IntStream.range(0, count).mapToObj(i -> new DictRow("shared/" + i, List.of())).iterator();
    return new RowSource() {
      @Override
      public DictRow next() {
        return rows.hasNext() ? rows.next() : null;
      }

      @Override
      public void close() {
        closings.incrementAndGet();
      }
    };
  }

  private void assertAllTaken(CompletionStage<Void> delivery) {
    assertThat(delivery.toCompletableFuture()).succeedsWithin(Duration.ofMinutes(1));
    assertThat(taken).hasValue(MANY);
    assertThat(closings).hasValue(1);
  }

  @Test
  void deliversToAConsumerThatIsAlwaysReady() {
    assertAllTaken(
        rows(MANY).deliverTo(RowConsumer.of(row -> taken.incrementAndGet()), Runnable::run));
  }

  @Test
  void deliversToAConsumerThatIsReadyOnAnotherThread() {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    assertAllTaken(
        rows(MANY)
            .deliverTo(
                row -> CompletableFuture.runAsync(taken::incrementAndGet, thread), Runnable::run));
    thread.shutdown();
  }

  /** Each stage completes just when it is asked to tell. */
  @Test
  void deliversToAConsumerThatIsReadyAtTheLastMoment() {
    assertAllTaken(
        rows(MANY)
            .deliverTo(
                row -> {
                  taken.incrementAndGet();
                  return new LateStage();
                },
                Runnable::run));
  }

  private static final class LateStage extends CompletableFuture<Void> {
    @Override
    public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> told) {
      CompletableFuture<Void> stage = super.whenComplete(told);
      complete(null);
      return stage;
    }
  }

  @Test
  void callsSourceAndConsumerOnTheExecutor() {
    List<Runnable> tasks = new ArrayList<>();
    List<CompletableFuture<Void>> stages = new ArrayList<>();
    CompletableFuture<Void> done =
        rows(2)
            .deliverTo(
                row -> {
                  stages.add(new CompletableFuture<>());
                  return stages.get(stages.size() - 1);
                },
                tasks::add)
            .toCompletableFuture();
    assertThat(stages).isEmpty();

    tasks.remove(0).run();
    assertThat(stages).hasSize(1);
    stages.get(0).complete(null);
    assertThat(stages).hasSize(1);

    tasks.remove(0).run();
    stages.get(1).complete(null);
    assertThat(done).isNotDone();

    tasks.remove(0).run();
    assertThat(done).isCompleted();
    assertThat(tasks).isEmpty();
    assertThat(closings).hasValue(1);
  }

  @Test
  void endsWithTheFailureOfTheConsumer() {
    IllegalStateException full = new IllegalStateException("full");
    for (RowConsumer consumer :
        List.<RowConsumer>of(
            row -> CompletableFuture.failedStage(full),
            row -> {
              throw full;
            })) {
      closings.set(0);
      assertThatThrownBy(
              () -> rows(2).deliverTo(consumer, Runnable::run).toCompletableFuture().join())
          .isInstanceOf(CompletionException.class)
          .hasCause(full);
      assertThat(closings).hasValue(1);
    }
  }

  @Test
  void endsWhenItsExecutorTakesNothingMore() {
    assertThatThrownBy(
            () ->
                rows(2)
                    .deliverTo(
                        row -> RowConsumer.READY,
                        task -> {
                          throw new RejectedExecutionException("closed");
                        })
                    .toCompletableFuture()
                    .join())
        .hasCauseInstanceOf(DictException.class);
    assertThat(closings).hasValue(1);
  }

  @Test
  void keepsTheFirstOfTwoFailures() {
    RowSource broken =
        new RowSource() {
          @Override
          public DictRow next() {
            throw new DictException("first");
          }

          @Override
          public void close() {
            throw new DictException("second");
          }
        };
    assertThatThrownBy(
            () ->
                broken
                    .deliverTo(row -> RowConsumer.READY, Runnable::run)
                    .toCompletableFuture()
                    .join())
        .cause()
        .hasMessage("first")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
  }
}
