package org.lastlogin.dictproto.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes events on to another observer, and logs its exceptions. As safe for use by several threads
 * as the other.
 */
final class GuardedObserver implements DictServerObserver {
  private static final Logger log = LoggerFactory.getLogger(DictServerObserver.class);

  private final DictServerObserver guarded;

  GuardedObserver(DictServerObserver guarded) {
    this.guarded = guarded;
  }

  @Override
  public void connectionOpened() {
    guard(guarded::connectionOpened);
  }

  @Override
  public void connectionRefused(Refusal reason) {
    guard(() -> guarded.connectionRefused(reason));
  }

  @Override
  public void connectionClosed() {
    guard(guarded::connectionClosed);
  }

  @Override
  public void commandCompleted(Command command, Outcome outcome, long nanos) {
    guard(() -> guarded.commandCompleted(command, outcome, nanos));
  }

  @Override
  public void commandRefused() {
    guard(guarded::commandRefused);
  }

  @Override
  public void rowSent() {
    guard(guarded::rowSent);
  }

  private void guard(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      log.error("the observer {} failed", guarded.getClass().getName(), e);
    }
  }
}
