package org.lastlogin.jdbc;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a JDBC driver is told to connect to. Immutable.
 *
 * @param url the URL, without user and password
 * @param properties all the rest
 * @param late what of it is made when somebody connects
 */
record ConnectTarget(String url, Map<String, String> properties, Map<String, LateProperty> late) {
  /** Which properties name a Unix socket. */
  private static final List<String> SOCKETS =
      List.of("localSocket", "junixsocket.file", "socketFactoryArg");

  ConnectTarget {
    properties = Map.copyOf(properties);
    late = Map.copyOf(late);
  }

  /** One of whose properties all are known. */
  ConnectTarget(String url, Map<String, String> properties) {
    this(url, properties, Map.of());
  }

  /** All properties, to connect with. */
  Map<String, String> allProperties() throws IOException {
    Map<String, String> all = new HashMap<>(properties);
    for (Map.Entry<String, LateProperty> property : late.entrySet()) {
      all.put(property.getKey(), property.getValue().value());
    }
    return all;
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
