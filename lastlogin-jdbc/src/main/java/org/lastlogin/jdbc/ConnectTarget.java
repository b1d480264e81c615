package org.lastlogin.jdbc;

import java.util.List;
import java.util.Map;

/**
 * What a JDBC driver is told to connect to. Immutable.
 *
 * @param url the URL, without user and password
 * @param properties all the rest
 */
record ConnectTarget(String url, Map<String, String> properties) {
  /** Which properties name a Unix socket. */
  private static final List<String> SOCKETS =
      List.of("localSocket", "junixsocket.file", "socketFactoryArg");

  ConnectTarget {
    properties = Map.copyOf(properties);
  }

  /** The URL and the Unix socket. All other properties are left out: one is the password. */
  @Override
  public String toString() {
    return SOCKETS.stream()
        .filter(properties::containsKey)
        .findFirst()
        .map(socket -> url + " through " + properties.get(socket))
        .orElse(url);
  }
}
