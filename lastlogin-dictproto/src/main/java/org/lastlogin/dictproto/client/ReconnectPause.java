package org.lastlogin.dictproto.client;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pause between a failed connection and the next attempt. Used by the client's event loop
 * alone.
 */
final class ReconnectPause {
  private static final Logger log = LoggerFactory.getLogger(ConnectionPool.class);

  private final EventLoop loop;
  private final Connector connector;
  private final ReconnectDelay delay;
  private final Runnable then;
  private boolean lasts;
  private String lastFailure = "not connected yet";

  /**
   * No pause yet.
   *
   * @param then what to do at the end of each pause
   */
  ReconnectPause(EventLoop loop, Connector connector, ReconnectDelay delay, Runnable then) {
    this.loop = loop;
    this.connector = connector;
    this.delay = delay;
    this.then = then;
  }

  /** Returns whether a pause lasts, and no connection may be opened. */
  boolean lasts() {
    return lasts;
  }

  /** Returns why there is no connection. */
  String lastFailure() {
    return lastFailure;
  }

  /** Notes a failure after which no pause is needed. */
  void note(String why) {
    lastFailure = why;
  }

  /** Begins a pause after a failure, unless one lasts. */
  void begin(String why) {
    lastFailure = why;
    if (lasts) {
      return;
    }
    lasts = true;
    Duration pause = delay.next();
    log.debug("{}: {}; again in {} ms", connector, why, pause.toMillis());
    var unused =
        loop.schedule(
            () -> {
              lasts = false;
              then.run();
            },
            pause.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /** Notes a success: the next pause is the shortest. */
  void reset() {
    delay.reset();
  }
}
