package org.lastlogin.dictproto.client;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Fails the calls of a client that exceed a timeout. Used by the client's event loop alone. */
final class CallDeadlines {
  private final EventLoop loop;
  private final Connector connector;
  private final Duration connectTimeout;
  private final Duration answerTimeout;

  CallDeadlines(EventLoop loop, Connector connector, DictClient.Builder settings) {
    this.loop = loop;
    this.connector = connector;
    this.connectTimeout = settings.connectTimeout;
    this.answerTimeout = settings.answerTimeout;
  }

  /**
   * Fails a call that is not sent in time.
   *
   * @param givenUp removes the call from its queue, and returns why there is no connection
   */
  void untilSent(ClientCall<?> call, Supplier<String> givenUp) {
    call.setTimeout(
        loop.schedule(
            () ->
                call.failUnanswered(
                    "No connection to the dict server at "
                        + connector
                        + within(connectTimeout)
                        + ": "
                        + givenUp.get()),
            connectTimeout.toNanos(),
            TimeUnit.NANOSECONDS));
  }

  /**
   * Fails a call that is not answered in time and makes no progress.
   *
   * @param then runs after that
   */
  void untilAnswered(ClientCall<?> call, Runnable then) {
    call.setTimeout(
        loop.schedule(
            () -> {
              if (call.hasProgressed()) {
                untilAnswered(call, then);
              } else {
                call.failUnanswered(
                    "No answer from the dict server at " + connector + within(answerTimeout));
                then.run();
              }
            },
            answerTimeout.toNanos(),
            TimeUnit.NANOSECONDS));
  }

  private static String within(Duration time) {
    return " within " + time.toMillis() + " ms";
  }
}
