package org.lastlogin.dict;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Waits for a stage on behalf of a caller of {@link BlockingDict}: for how long, and with which
 * exception it ends when that fails.
 *
 * @param what what it waits for, to be put into a message
 * @param limit how long it waits
 * @param failure makes an exception of a message: with a time-out, an operation may be done or not
 */
record Waiting(String what, Duration limit, Function<String, DictException> failure) {

  /** The outcome of a stage. */
  <T> T until(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(nanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failed(e);
    } catch (TimeoutException e) {
      throw timedOut();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The next element of a queue. */
  <T> T next(BlockingQueue<T> queue) {
    try {
      T element = queue.poll(nanos(), TimeUnit.NANOSECONDS);
      if (element == null) {
        throw timedOut();
      }
      return element;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private long nanos() {
    return TimeUnit.NANOSECONDS.convert(limit);
  }

  private DictException timedOut() {
    return failure.apply("The " + what + " took longer than " + limit.toMillis() + " ms");
  }

  private DictException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    DictException exception =
        failure.apply("The thread that waited for the " + what + " was interrupted");
    exception.initCause(e);
    return exception;
  }

  /**
   * The failure of a stage, to be thrown. It arose on another thread, whose stack says nothing of
   * the caller, so the present one goes with it.
   */
  RuntimeException failed(Throwable why) {
    Throwable cause = why;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    Throwable caller = new Throwable("The " + what + " was waited for here");
    if (cause instanceof Error error) {
      error.addSuppressed(caller);
      throw error;
    }
    if (cause instanceof RuntimeException exception) {
      exception.addSuppressed(caller);
      return exception;
    }
    return new DictException("The " + what + " failed: " + cause, cause);
  }
}
