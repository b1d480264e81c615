package org.lastlogin.benchmarks;

import java.time.Duration;

/** How long a program may run: a load run that hangs has failed. */
final class TimeLimit {
  private static final int EXIT_STATUS = 2;

  private TimeLimit() {}

  /** Ends this program, and with its pipe the server's, if it still runs after that time. */
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
