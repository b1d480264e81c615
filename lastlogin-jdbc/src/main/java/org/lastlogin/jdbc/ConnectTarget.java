package org.lastlogin.jdbc;

import java.util.Map;

/**
 * What a JDBC driver is told to connect to. Immutable.
 *
 * @param url the URL, without user and password
 * @param properties all the rest
 */
record ConnectTarget(String url, Map<String, String> properties) {
  ConnectTarget {
    properties = Map.copyOf(properties);
  }

  /** Properties hold the password: they are left out. */
  @Override
  public String toString() {
    return url;
  }
}
