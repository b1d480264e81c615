package org.lastlogin.benchmarks.load;

/**
 * Times of logins, each later than all before it: a row that gets the value it has already costs a
 * database next to nothing. Safe for use by any number of threads.
 */
final class LoginTimes {
  private static final long MILLIS_PER_SECOND = 1000;

  private long last = System.currentTimeMillis() / MILLIS_PER_SECOND;

  /** A time, in seconds since 1970. */
  synchronized long next() {
    return ++last;
  }
}
