package org.lastlogin.dictproto.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long one client keeps the server waiting, against the timeouts for a line and for
 * the next command. Whole lines count, not bytes: a client that sends one byte a second is as late
 * as one that sends none. HELLO is the first line and counts from the connection on. Time in which
 * the server does not read does not count. To be used on the channel's event loop alone.
 */
final class ClientTimeouts {
  private final Limits limits;

  /** Since when the server waits: for the HELLO, then for any command. */
  private long idleSince;

  private boolean greeted;

  /** Since when it waits for the end of a line that has begun, or {@code null} if it does not. */
  private @Nullable Long unfinishedSince;

  ClientTimeouts(Limits limits, long nowNanos) {
    this.limits = limits;
    this.idleSince = nowNanos;
  }

  /**
   * The timeouts.
   *
   * @param line for a line, or its HELLO
   * @param idle for the next command
   */
  record Limits(Duration line, Duration idle) {}

  /** Returns whether the client has sent its HELLO. */
  boolean hasGreeted() {
    return greeted;
  }

  /** Notes that whole commands were received. */
  void received(long nowNanos) {
    greeted = true;
    idleSince = nowNanos;
    unfinishedSince = null;
  }

  /** Notes that the server does not read: the client waits for it, not the reverse. */
  void paused() {
    unfinishedSince = null;
  }

  /** Notes that the client has begun a line and not ended it yet. */
  void begun(long nowNanos) {
    if (unfinishedSince == null) {
      unfinishedSince = nowNanos;
    }
  }

  /**
   * Returns which timeout the client has exceeded, in words, or {@code null} if none.
   *
   * @param busy whether the server has commands to answer, and so does not wait for the client
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
