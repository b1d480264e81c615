package org.lastlogin.benchmarks;

import java.time.Duration;

/** Limits the run time of a program: a load run that hangs has failed. */
final class TimeLimit {
  private static final int EXIT_STATUS = 2;

  private TimeLimit() {}

  /** Ends this program after this time, and with its pipe the server. */
  static void start(Duration limit) {
    Thread watch =
        new Thread(
            () -> {
              try {
                Thread.sleep(limit.toMillis());
                System.err.println("Given up after " + limit.toMinutes() + " minutes");
                Runtime.getRuntime().halt(EXIT_STATUS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "time-limit");
    watch.setDaemon(true);
    watch.start();
  }
}
