package org.lastlogin.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for the end of a process that was asked to terminate. */
public final class ProcessEnd {
  private ProcessEnd() {}

  /** Waits for the end; kills the process after the timeout, or if the caller is interrupted. */
  public static void await(Process process, Duration timeout) {
    try {
      if (!process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
