package org.lastlogin.dictd;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.lastlogin.dict.DictException;
import org.lastlogin.jdbc.JdbcDict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes expired rows of a dict at a fixed interval, until it is closed. */
final class ExpirySweep implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ExpirySweep.class);

  private final String name;
  private final JdbcDict dict;
  private final Duration interval;
  private final CloseSignal closing = new CloseSignal();

  private ExpirySweep(String name, JdbcDict dict, Duration interval) {
    this.name = name;
    this.dict = dict;
    this.interval = interval;
  }

  /**
   * Starts a thread that removes rows.
   *
   * @param name the dict's name, for the log
   * @param interval the time before the first removal, and between one and the next
   */
  static ExpirySweep start(String name, JdbcDict dict, Duration interval) {
    ExpirySweep sweep = new ExpirySweep(name, dict, interval);
    Thread thread = new Thread(sweep::run, "lastlogin-dictd-expiry-" + name);
    thread.setDaemon(true);
    thread.start();
    return sweep;
  }

  private void run() {
    while (!closing.isClosedWithin(interval.toMillis())) {
      sweep();
    }
  }

  private void sweep() {
    try {
      long removed = dict.removeExpired().toCompletableFuture().join();
      log.debug("dict {}: removed {} expired rows", name, removed);
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof DictException failure)) {
        throw e;
      }
      // Reads skip expired rows anyway; the next sweep tries again.
      log.warn("dict {}: {}", name, failure.getMessage());
    }
  }

  /** Stops the thread without waiting for a removal in progress; closing the dict waits for it. */
  @Override
  public void close() {
    closing.close();
  }
}
