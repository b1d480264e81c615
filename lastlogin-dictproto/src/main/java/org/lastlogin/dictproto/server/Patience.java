package org.lastlogin.dictproto.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long one client has kept the server waiting. Bytes do not count, only whole lines do: whoever
 * sends one byte a second is as late as who sends none. To be used on the channel's event loop
 * alone.
 */
final class Patience {
  private final Limits limits;

  /** Since when the server waits: for the HELLO, then for any command. */
  private long idleSince;

  private boolean greeted;

  /** Since when it waits for the end of a line that has begun, if it does. */
  private @Nullable Long unfinishedSince;

  Patience(Limits limits, long nowNanos) {
    this.limits = limits;
    this.idleSince = nowNanos;
  }

  /**
   * How long a client may take.
   *
   * @param line for a line, or its HELLO
   * @param idle for the next command
   */
  record Limits(Duration line, Duration idle) {}

  boolean hasGreeted() {
    return greeted;
  }

  /** Whole commands have come. */
  void received(long nowNanos) {
    greeted = true;
    idleSince = nowNanos;
    unfinishedSince = null;
  }

  /** It is the server that has the client wait. */
  void paused() {
    unfinishedSince = null;
  }

  /** The client has begun a line that it has not ended yet. */
  void begun(long nowNanos) {
    if (unfinishedSince == null) {
      unfinishedSince = nowNanos;
    }
  }

  /**
   * What the client has not done in time, or {@code null}.
   *
   * @param busy whether the server has commands to answer, and so nothing to wait for
   */
  @Nullable String exceeded(boolean busy, long nowNanos) {
    if (busy) {
      idleSince = nowNanos;
    }
    if (!greeted && isOver(idleSince, limits.line, nowNanos)) {
      return "no HELLO within " + text(limits.line);
    }
    if (unfinishedSince != null && isOver(unfinishedSince, limits.line, nowNanos)) {
      return "a line was begun and not ended within " + text(limits.line);
    }
    return isOver(idleSince, limits.idle, nowNanos) ? "no command for " + text(limits.idle) : null;
  }

  private static boolean isOver(long since, Duration limit, long nowNanos) {
    return nowNanos - since > limit.toNanos();
  }

  private static String text(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}
