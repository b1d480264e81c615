package org.lastlogin.dictproto.session;

import java.util.Locale;
import org.lastlogin.dict.DictException;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.input.LogText;
import org.lastlogin.dictproto.session.DictServerObserver.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the ends of one connection's commands to the log and the observer. A slow command is
 * logged when it ends, even if it was given up before: only then is its duration known. The words
 * are those of Dovecot's clients. To be used on the session's thread alone.
 */
final class SessionReport {
  private static final Logger log = LoggerFactory.getLogger(DictSession.class);
  private static final double NANOS = 1e9;

  private final String peer;
  private final DictServerObserver observer;
  private final long slowNanos;

  SessionReport(String peer, DictSessionSettings settings) {
    this.peer = peer;
    this.observer = settings.observer();
    this.slowNanos = settings.slowCommand().toNanos();
  }

  /** Reports that a command was answered with the result of the dict. */
  void answered(PendingCall<?> call, DictReply reply, long nowNanos) {
    long nanos = nowNanos - call.receipt.nanos();
    observer.commandCompleted(call.kind(), outcome(reply), nanos);
    warnIfSlow(call, nanos, "");
  }

  private static Outcome outcome(DictReply reply) {
    if (reply instanceof DictReply.Committed committed) {
      return switch (committed.outcome()) {
        case COMMITTED -> Outcome.OK;
        case NOT_FOUND -> Outcome.NOT_FOUND;
        case FAILED -> Outcome.FAILED;
        case UNCERTAIN -> Outcome.UNCERTAIN;
      };
    }
    if (reply instanceof DictReply.NotFound) {
      return Outcome.NOT_FOUND;
    }
    return reply instanceof DictReply.Failed ? Outcome.FAILED : Outcome.OK;
  }

  /** Reports a result of the dict for a command that had already ended. */
  void late(PendingCall<?> call, long nowNanos) {
    log.debug("{}: the {} completed after it was given up", peer, call);
    warnIfSlow(call, nowNanos - call.receipt.nanos(), "; it was given up before");
  }

  private void warnIfSlow(PendingCall<?> call, long nanos, String addition) {
    if (nanos >= slowNanos) {
      String seconds = String.format(Locale.ROOT, "%.3f", nanos / NANOS);
      log.warn(
          "{}: dict {} took {} secs: {}{}", peer, call.word(), seconds, call.subject(), addition);
    }
  }

  /** Reports that the dict failed. */
  void failed(PendingCall<?> call, Throwable cause, String text) {
    if (!(cause instanceof DictException)) {
      log.error("{}: the {} failed", peer, call, cause);
    } else if (call.hidesValues()) {
      log.warn("{}: the {} failed; its values are hidden at the client's request", peer, call);
    } else {
      log.warn("{}: the {} failed: {}", peer, call, LogText.message(text));
    }
  }

  /** Reports that a command was answered without the dict. */
  void givenUp(PendingCall<?> call, String text, long nowNanos) {
    log.warn("{}: the {} was given up: {}", peer, call, text);
    observer.commandCompleted(call.kind(), Outcome.GIVEN_UP, nowNanos - call.receipt.nanos());
  }

  /** Reports that the client disconnected before a command was answered. */
  void abandoned(PendingCall<?> call, long nowNanos) {
    observer.commandCompleted(call.kind(), Outcome.ABANDONED, nowNanos - call.receipt.nanos());
  }

  void rowSent() {
    observer.rowSent();
  }

  /** Reports a defect of this library. */
  void defect(PendingCall<?> call, Throwable defect) {
    log.error("{}: the {} was not answered", peer, call, defect);
  }
}
