package org.lastlogin.dictproto.server;

import org.lastlogin.dictproto.session.DictServerObserver;
import org.lastlogin.dictproto.session.DictServerObserver.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports why the server refuses or closes connections: each time to the observer, and to the log
 * as often as a {@link LogThrottle} allows. To be used on the server's event loop alone.
 */
final class ConnectionReport {
  private static final Logger log = LoggerFactory.getLogger(DictServer.class);

  private final DictServerObserver observer;
  private final LogThrottle throttle = new LogThrottle();

  ConnectionReport(DictServerObserver observer) {
    this.observer = observer;
  }

  /** Reports that a client is turned away before its first command. */
  void refused(String peer, Refusal reason, String why) {
    observer.connectionRefused(reason);
    warn(peer, "refused", why);
  }

  /** Reports that a client broke the rules of the protocol. */
  void broken(String peer, String why) {
    observer.commandRefused();
    warn(peer, "closed", why);
  }

  /** Reports that a client exceeded a timeout. */
  void timedOut(String peer, String why) {
    warn(peer, "closed", why);
  }

  private void warn(String peer, String done, String why) {
    if (throttle.allows(System.nanoTime())) {
      long withheld = throttle.takeWithheld();
      String more =
          withheld == 0 ? "" : " (and " + withheld + " more since the last of these lines)";
      log.warn("{}: connection {}: {}{}", peer, done, why, more);
    }
  }
}
