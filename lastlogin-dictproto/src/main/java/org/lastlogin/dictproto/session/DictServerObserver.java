package org.lastlogin.dictproto.session;

/**
 * Sees what a dict server does, for metrics. All methods do nothing unless they are overridden.
 *
 * <p>Those of one server are called one at a time, on its event loop; those of a {@link
 * DictSession} that is embedded, on its thread. They must return at once. One that throws harms
 * nobody: the exception is logged.
 */
public interface DictServerObserver {

  /** Sees nothing. */
  DictServerObserver NONE = new DictServerObserver() {};

  /** A client has connected. */
  default void connectionOpened() {}

  /**
   * A client was turned away before it could send a command. Unless the reason is {@link
   * Refusal#LIMIT}, it had been {@linkplain #connectionOpened opened}, and is {@linkplain
   * #connectionClosed closed} next.
   */
  default void connectionRefused(Refusal reason) {}

  /** A connection that had been opened is closed, by whom and for what reason ever. */
  default void connectionClosed() {}

  /**
   * A command has got its answer, or will never get one.
   *
   * @param command what was asked
   * @param outcome how it ended
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

  /** How commands end. */
  enum Outcome {
    /** The dict did what it was asked. */
    OK,
    /** The key to look up, or the row to increment, does not exist. */
    NOT_FOUND,
    /** The dict failed. */
    FAILED,
    /** Nobody knows whether the dict has committed. */
    UNCERTAIN,
    /**
     * The dict took too long, or the server is stopping; the client was told that it failed, or of
     * a commit that nobody knows.
     */
    GIVEN_UP,
    /** The client left before there was an answer. */
    ABANDONED
  }

  /** Why connections are turned away. */
  enum Refusal {
    /** There are too many already. */
    LIMIT,
    /** The client showed no certificate that is trusted, or does not speak TLS. */
    TLS,
    /** The HELLO is missing or broken, or asks for what is not served. */
    HELLO,
    /** The HELLO did not come in time. */
    HELLO_TIMEOUT
  }
}
