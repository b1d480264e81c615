package org.lastlogin.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The end of a process that was asked to end. */
public final class ProcessEnd {
  private ProcessEnd() {}

  /** Waits for it; ends it by force when it takes too long, or the caller is interrupted. */
  public static void await(Process process, Duration patience) {
    try {
      if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
