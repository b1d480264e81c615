package org.lastlogin.dictproto.server;

import org.lastlogin.dictproto.session.DictServerObserver;
import org.lastlogin.dictproto.session.DictServerObserver.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why connections are refused or closed: to the log no more often than it can bear, to the
 * observer each time. To be used on the server's event loop alone.
 */
final class Refusals {
  private static final Logger log = LoggerFactory.getLogger(DictServer.class);

  private final DictServerObserver observer;
  private final LogThrottle throttle = new LogThrottle();

  Refusals(DictServerObserver observer) {
    this.observer = observer;
  }

  /** A client is turned away before it could send a command. */
  void refused(String peer, Refusal reason, String why) {
    observer.connectionRefused(reason);
    warn(peer, "refused", why);
  }

  /** A client broke the rules. */
  void broken(String peer, String why) {
    observer.commandRefused();
    warn(peer, "closed", why);
  }

  /** A client took too long. */
  void tooSlow(String peer, String why) {
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
