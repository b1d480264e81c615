package org.lastlogin.dictproto.session;

/**
 * Receives events of a dict server, for metrics. All methods do nothing unless they are overridden.
 *
 * <p>A server calls them one at a time, on its event loop; an embedded {@link DictSession} on its
 * thread. They must return quickly. Exceptions are logged and have no other effect.
 */
public interface DictServerObserver {

  /** Ignores all events. */
  DictServerObserver NONE = new DictServerObserver() {};

  /** A client has connected. */
  default void connectionOpened() {}

  /**
   * A connection was refused before its first command. Unless the reason is {@link Refusal#LIMIT},
   * it had been {@linkplain #connectionOpened opened}, and is {@linkplain #connectionClosed closed}
   * next.
   */
  default void connectionRefused(Refusal reason) {}

  /** A connection that had been opened is closed, by either side and for any reason. */
  default void connectionClosed() {}

  /**
   * A command was answered, or will never be.
   *
   * @param command the type of the command
   * @param outcome its outcome
   * @param nanos the time from when it was read until it was answered, in nanoseconds
   */
  default void commandCompleted(Command command, Outcome outcome, long nanos) {}

  /** A client broke the protocol's rules after its HELLO; its connection is closed next. */
  default void commandRefused() {}

  /** A row of an iteration was sent. */
  default void rowSent() {}

  /** Commands that are answered. */
  enum Command {
    /** A lookup. */
    LOOKUP,
    /** An iteration, from the command to its last row. */
    ITERATE,
    /** A commit, in either way. */
    COMMIT
  }

  /** The outcome of a command. */
  enum Outcome {
    /** The dict carried it out. */
    OK,
    /** The key to look up, or the row to increment, does not exist. */
    NOT_FOUND,
    /** The dict failed. */
    FAILED,
    /** The outcome of the commit is unknown. */
    UNCERTAIN,
    /**
     * The dict took too long, or the server is stopping; the answer was that the command failed, or
     * that the outcome of the commit is unknown.
     */
    GIVEN_UP,
    /** The client disconnected before there was an answer. */
    ABANDONED
  }

  /** The reasons to refuse a connection. */
  enum Refusal {
    /** There are too many connections already. */
    LIMIT,
    /** The client has no trusted certificate, or does not speak TLS. */
    TLS,
    /** The HELLO is missing or malformed, or its version or dict is not served. */
    HELLO,
    /** The HELLO did not come in time. */
    HELLO_TIMEOUT
  }
}
