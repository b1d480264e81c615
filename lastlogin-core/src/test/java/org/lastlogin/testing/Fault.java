package org.lastlogin.testing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.lastlogin.dict.UncertainCommitException;

/**
 * What goes wrong with an operation of a {@link FaultyDict}. Implementations are safe for use by
 * any number of threads.
 */
public interface Fault {

  /**
   * Does to an operation what is to be done to it.
   *
   * @param operation carries it out on the real dict, if it is called
   * @return what the caller gets instead of the real answer
   */
  <T> CompletionStage<T> strike(Supplier<CompletionStage<T>> operation);

  /** The operation is not carried out and fails; {@code why} is usually a DictException. */
  static Fault failure(RuntimeException why) {
    return new Faults.Failure(why);
  }

  /** The operation is not carried out, and its method throws, as that of no dict should. */
  static Fault thrown(RuntimeException why) {
    return new Faults.Thrown(why);
  }

  /** The operation is neither carried out nor answered. */
  static Fault silence() {
    return until(new CompletableFuture<>());
  }

  /**
   * The operation is carried out and answered once a stage completes; if the stage fails, so does
   * the operation.
   */
  static Fault until(CompletionStage<?> signal) {
    return new Faults.Held(() -> signal);
  }

  /** The operation is carried out and answered after a time, on the scheduler's thread. */
  static Fault delay(Duration time, ScheduledExecutorService scheduler) {
    return new Faults.Held(() -> Faults.after(time, scheduler));
  }

  /** The operation is carried out, but nobody learns it: a commit is answered as uncertain. */
  static Fault uncertainButDone() {
    return new Faults.LostAnswer(new UncertainCommitException("The answer was lost"));
  }

  /** The operation is not carried out, and nobody learns it: a commit is answered as uncertain. */
  static Fault uncertainAndNotDone() {
    return failure(new UncertainCommitException("The request was lost"));
  }
}
