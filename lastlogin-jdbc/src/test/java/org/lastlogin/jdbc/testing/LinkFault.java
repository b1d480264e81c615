package org.lastlogin.jdbc.testing;

import static org.lastlogin.jdbc.testing.LinkFault.Place.ANSWERED;
import static org.lastlogin.jdbc.testing.LinkFault.Place.BEFORE;
import static org.lastlogin.jdbc.testing.LinkFault.Place.SENT;
import static org.lastlogin.jdbc.testing.LinkFault.Place.WITHIN;
import static org.lastlogin.jdbc.testing.LinkFault.Place.WITHIN_ANSWER;
import static org.lastlogin.jdbc.testing.LinkFault.Sign.BYTES_FROM_SERVER;
import static org.lastlogin.jdbc.testing.LinkFault.Sign.BYTES_TO_SERVER;
import static org.lastlogin.jdbc.testing.LinkFault.Sign.COMMIT;
import static org.lastlogin.jdbc.testing.LinkFault.Sign.STATEMENT;

/**
 * A fault on the connection to a database, and its time. Immutable.
 *
 * @param point the point of a commit at which it happens
 * @param passing how often that point, or how many bytes, is passed before
 * @param action what happens
 */
public record LinkFault(Point point, int passing, Action action) {

  /** What happens to a connection. */
  public enum Action {
    /** It breaks; both sides are told. */
    CUT,
    /** Nothing passes any more in either direction, and neither side is told. */
    STALL,
    /** The same; but what the client sent before it gave up reaches the server after that. */
    DELAY,
    /** All connections break, and there will be no others: the server is gone. */
    END
  }

  /** Where it happens. */
  public enum Point {
    BEFORE_STATEMENT(STATEMENT, BEFORE),
    WITHIN_STATEMENT(STATEMENT, WITHIN),
    STATEMENT_SENT(STATEMENT, SENT),
    /** The server has executed it; its client does not hear of that. */
    STATEMENT_ANSWERED(STATEMENT, ANSWERED),
    WITHIN_STATEMENTS_ANSWER(STATEMENT, WITHIN_ANSWER),
    /** The client has sent COMMIT, and the server does not hear of it. */
    BEFORE_COMMIT(COMMIT, BEFORE),
    WITHIN_COMMIT(COMMIT, WITHIN),
    COMMIT_SENT(COMMIT, SENT),
    COMMIT_ANSWERED(COMMIT, ANSWERED),
    WITHIN_COMMITS_ANSWER(COMMIT, WITHIN_ANSWER),
    AFTER_BYTES_TO_SERVER(BYTES_TO_SERVER, SENT),
    AFTER_BYTES_FROM_SERVER(BYTES_FROM_SERVER, ANSWERED);

    final Sign sign;
    final Place place;

    Point(Sign sign, Place place) {
      this.sign = sign;
      this.place = place;
    }

    /** Whether it may have been the last thing that was missing for the commit to be made. */
    public boolean isWithinCommit() {
      return sign == COMMIT;
    }

    /** Whether it is a number of bytes that has to pass before. */
    public boolean countsBytes() {
      return sign == BYTES_TO_SERVER || sign == BYTES_FROM_SERVER;
    }
  }

  /** By what a point is recognised. */
  enum Sign {
    STATEMENT,
    COMMIT,
    BYTES_TO_SERVER,
    BYTES_FROM_SERVER
  }

  /** How much of a request and its answer passes. */
  enum Place {
    BEFORE,
    WITHIN,
    SENT,
    ANSWERED,
    WITHIN_ANSWER
  }
}
