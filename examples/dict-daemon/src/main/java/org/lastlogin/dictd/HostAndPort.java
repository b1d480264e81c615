package org.lastlogin.dictd;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;

/** Parses the part {@code HOST:PORT} of an address; an IPv6 address is in brackets. */
final class HostAndPort {
  /** Matches HOST:PORT; its three groups must be the first of a pattern. */
  static final String REGEX = "(?:\\[([^\\]]+)\\]|([^:]+)):(\\d{1,5})";

  private static final int MAX_PORT = 65535;

  private HostAndPort() {}

  /**
   * Returns the address that {@link #REGEX} has matched.
   *
   * @throws IllegalArgumentException if the port is less than {@code minPort} or too large
   */
  static InetSocketAddress of(Matcher matcher, int minPort) {
    String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    int port = Integer.parseInt(matcher.group(3));
    if (port < minPort || port > MAX_PORT) {
      throw new IllegalArgumentException("there is no port " + port);
    }
    return new InetSocketAddress(host, port);
  }
}
