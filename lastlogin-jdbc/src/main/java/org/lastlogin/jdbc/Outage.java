package org.lastlogin.jdbc;

import java.util.concurrent.atomic.AtomicBoolean;
import org.lastlogin.dict.DictException;
import org.slf4j.Logger;

/**
 * Whether the database can be reached, told to the log once when that changes: thousands of logins
 * a minute would say the same otherwise. Safe for use by any number of threads.
 */
final class Outage {
  private final Logger log;
  private final AtomicBoolean lasts = new AtomicBoolean();

  Outage(Logger log) {
    this.log = log;
  }

  /** Something failed, perhaps because the database could not be reached. */
  void failed(DictException reason) {
    if (reason instanceof DatabaseDownException && lasts.compareAndSet(false, true)) {
      log.warn("{}; what is asked of the dict fails until it is back", reason.getMessage());
    }
  }

  /** The database was reached. */
  void over() {
    if (lasts.get() && lasts.compareAndSet(true, false)) {
      log.info("The database can be reached again");
    }
  }
}
