package org.lastlogin.benchmarks.load;

import java.util.Locale;

/** What is done to a server. */
enum LoadMode {
  /** One connection per commit, as Dovecot's mail processes do it. */
  LOGIN(64, 1),
  /** Connections that stay, with commits in flight on each. */
  PERSISTENT(64, 4),
  /** One commit at a time. */
  SINGLE(1, 1),
  /** Look-ups of mailboxes that were written before. */
  LOOKUP(64, 4),
  /**
   * Iterations of domains, all of whose mailboxes were written before. Our SQL dict has four under
   * way at a time, and refuses more.
   */
  ITERATE(4, 1),
  /** One commit for each mailbox, so that there is something to read. */
  FILL(64, 4);

  private final int connections;
  private final int inFlight;

  LoadMode(int connections, int inFlight) {
    this.connections = connections;
    this.inFlight = inFlight;
  }

  /** How many connections there are at a time, unless told otherwise. */
  int connections() {
    return connections;
  }

  /** How many requests are in flight on each of them, unless told otherwise. */
  int inFlight() {
    return inFlight;
  }

  /** Whether a connection is closed when its requests are answered, and followed by another one. */
  boolean opensAgain() {
    return this == LOGIN;
  }

  /** What is asked. */
  Requests requests(Mailboxes mailboxes, LoginTimes times) {
    return switch (this) {
      case LOGIN, PERSISTENT, SINGLE -> Requests.commits(mailboxes, times);
      case FILL -> Requests.fill(mailboxes, times);
      case LOOKUP -> Requests.lookups(mailboxes);
      case ITERATE -> Requests.iterations(mailboxes);
    };
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
