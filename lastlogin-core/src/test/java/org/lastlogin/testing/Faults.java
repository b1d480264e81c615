package org.lastlogin.testing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The faults that {@link Fault} offers. */
final class Faults {
  private Faults() {}

  record Failure(RuntimeException why) implements Fault {
    @Override
    public <T> CompletionStage<T> strike(Supplier<CompletionStage<T>> operation) {
      return CompletableFuture.failedStage(why);
    }
  }

  record Thrown(RuntimeException why) implements Fault {
    @Override
    public <T> CompletionStage<T> strike(Supplier<CompletionStage<T>> operation) {
      throw why;
    }
  }

  record Held(Supplier<CompletionStage<?>> signal) implements Fault {
    @Override
    public <T> CompletionStage<T> strike(Supplier<CompletionStage<T>> operation) {
      return signal.get().thenCompose(released -> operation.get());
    }
  }

  record LostAnswer(RuntimeException why) implements Fault {
    @Override
    public <T> CompletionStage<T> strike(Supplier<CompletionStage<T>> operation) {
      return operation.get().thenCompose(answer -> CompletableFuture.failedStage(why));
    }
  }

  static CompletionStage<?> after(Duration time, ScheduledExecutorService scheduler) {
    CompletableFuture<?> signal = new CompletableFuture<>();
    var unused =
        scheduler.schedule(() -> signal.complete(null), time.toNanos(), TimeUnit.NANOSECONDS);
    return signal;
  }
}
