package org.lastlogin.benchmarks.load;

import java.util.Locale;

/** Modes of a load. */
enum LoadMode {
  /** One connection per commit, as Dovecot's mail processes do. */
  LOGIN(64, 1),
  /** Persistent connections with commits in flight on each. */
  PERSISTENT(64, 4),
  /** One commit at a time. */
  SINGLE(1, 1),
  /** Look-ups of mailboxes that were written before. */
  LOOKUP(64, 4),
  /**
   * Iterations of domains, all of whose mailboxes were written before. Our SQL dict runs four at a
   * time and refuses more.
   */
  ITERATE(4, 1),
  /** One commit for each mailbox; fills the table for the modes that read. */
  FILL(64, 4);

  private final int connections;
  private final int inFlight;

  LoadMode(int connections, int inFlight) {
    this.connections = connections;
    this.inFlight = inFlight;
  }

  /** Returns the default number of concurrent connections. */
  int connections() {
    return connections;
  }

  /** Returns the default number of requests in flight on each connection. */
  int inFlight() {
    return inFlight;
  }

  /** Returns whether to close a connection when its requests are answered, and open another. */
  boolean opensAgain() {
    return this == LOGIN;
  }

  /** Returns the requests to send. */
  Requests requests(Mailboxes mailboxes, LoginTimes times) {
    return switch (this) {
      case LOGIN, PERSISTENT, SINGLE -> Requests.commits(mailboxes, times);
      case FILL -> Requests.fill(mailboxes, times);
      case LOOKUP -> Requests.lookups(mailboxes);
      case ITERATE -> Requests.iterations(mailboxes);
    };
  }

  /** Returns the mode's name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
