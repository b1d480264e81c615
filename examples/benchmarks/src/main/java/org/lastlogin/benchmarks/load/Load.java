package org.lastlogin.benchmarks.load;

import java.nio.file.Path;
import org.lastlogin.dictproto.DictVersion;

/**
 * A load on a server. Immutable.
 *
 * @param socket the Unix socket where it listens
 * @param dictName the name of the dict there
 * @param version the protocol's version to speak
 * @param connections the number of concurrent connections
 * @param inFlight the number of requests in flight on each
 * @param opensAgain whether to close a connection when its requests are answered, and open another
 */
record Load(
    Path socket,
    String dictName,
    DictVersion version,
    int connections,
    int inFlight,
    boolean opensAgain) {

  /** The requests in flight on a connection must fit into its socket's buffer. */
  private static final int MOST_IN_FLIGHT = 256;

  Load {
    if (connections < 1) {
      throw new IllegalArgumentException("There must be at least one connection");
    }
    if (inFlight < 1 || inFlight > MOST_IN_FLIGHT) {
      throw new IllegalArgumentException(
          "From 1 to " + MOST_IN_FLIGHT + " requests may be in flight, not " + inFlight);
    }
  }
}
