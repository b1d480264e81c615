package org.lastlogin.jdbc;

import java.util.concurrent.atomic.AtomicBoolean;
import org.lastlogin.dict.DictException;
import org.slf4j.Logger;

/**
 * Logs once when the database becomes unreachable, and once when it is reachable again. Otherwise,
 * thousands of logins a minute would log the same. Safe for use by any number of threads.
 */
final class Outage {
  private final Logger log;
  private final AtomicBoolean lasts = new AtomicBoolean();

  Outage(Logger log) {
    this.log = log;
  }

  /** Notes a failure; logs it if the database has become unreachable. */
  void failed(DictException reason) {
    if (reason instanceof DatabaseDownException && lasts.compareAndSet(false, true)) {
      log.warn("{}; requests fail until the database is reachable again", reason.getMessage());
    }
  }

  /** Notes that the database was reached. */
  void over() {
    if (lasts.get() && lasts.compareAndSet(true, false)) {
      log.info("The database can be reached again");
    }
  }
}
