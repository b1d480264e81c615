package org.lastlogin.benchmarks.load;

import java.nio.file.Path;
import org.lastlogin.dictproto.DictVersion;

/**
 * How a server is loaded. Immutable.
 *
 * @param socket the Unix socket where it listens
 * @param dictName the name of the dict there
 * @param version the protocol's version to speak
 * @param connections how many connections there are at a time
 * @param inFlight how many requests are in flight on each
 * @param opensAgain whether a connection is closed when its requests are answered, and followed by
 *     another one
 */
record Load(
    Path socket,
    String dictName,
    DictVersion version,
    int connections,
    int inFlight,
    boolean opensAgain) {

  /** What is in flight on a connection must fit into its socket's buffer. */
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
