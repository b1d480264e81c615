package org.lastlogin.jdbc.group;

import java.util.concurrent.TimeUnit;

/** The passing of time, so that tests need not wait for it. */
public interface Ticker {
  /** The machine's own time. */
  Ticker SYSTEM =
      new Ticker() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void pause(long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(nanos);
        }
      };

  /** Counts nanoseconds, like {@link System#nanoTime}. */
  long nanoTime();

  /** Lets so many nanoseconds pass. */
  void pause(long nanos) throws InterruptedException;
}
