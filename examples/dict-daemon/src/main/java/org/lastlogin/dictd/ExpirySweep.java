package org.lastlogin.dictd;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.lastlogin.dict.DictException;
import org.lastlogin.jdbc.JdbcDict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the rows of a dict that have expired, from time to time, until it is closed. */
final class ExpirySweep implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ExpirySweep.class);

  private final String name;
  private final JdbcDict dict;
  private final Duration pause;
  private final CloseSignal closing = new CloseSignal();

  private ExpirySweep(String name, JdbcDict dict, Duration pause) {
    this.name = name;
    this.dict = dict;
    this.pause = pause;
  }

  /**
   * Begins to remove rows.
   *
   * @param name the dict's name, for the log
   * @param pause how long to wait before the first time, and after each
   */
  static ExpirySweep start(String name, JdbcDict dict, Duration pause) {
    ExpirySweep sweep = new ExpirySweep(name, dict, pause);
    Thread thread = new Thread(sweep::run, "lastlogin-dictd-expiry-" + name);
    thread.setDaemon(true);
    thread.start();
    return sweep;
  }

  private void run() {
    while (!closing.isClosedWithin(pause.toMillis())) {
      sweep();
    }
  }

  private void sweep() {
    try {
      long removed = dict.removeExpired().toCompletableFuture().join();
      log.debug("dict {}: {} rows had expired", name, removed);
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof DictException failure)) {
        throw e;
      }
      // What has expired is not found in any case, and the next time will do.
      log.warn("dict {}: {}", name, failure.getMessage());
    }
  }

  /** Does not wait for rows that are being removed; closing the dict does. */
  @Override
  public void close() {
    closing.close();
  }
}
