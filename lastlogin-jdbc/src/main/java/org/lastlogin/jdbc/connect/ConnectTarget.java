package org.lastlogin.jdbc.connect;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The target that a JDBC driver connects to. Immutable.
 *
 * @param url the URL, without user and password
 * @param properties all other properties
 * @param late the properties whose values are made when somebody connects
 * @param refused the message if the driver must not log in as the server wants it to, with {@code
 *     %s} for the driver's own; empty if it may log in by any means
 */
record ConnectTarget(
    String url, Map<String, String> properties, Map<String, LateProperty> late, String refused) {
  /**
   * The drivers' messages for a plugin that is disabled, or a method that is not allowed, in any
   * language.
   */
  private static final Pattern REFUSED =
      Pattern.compile("(?i)authentication plugin|public key|password in clear|requireAuth");

  private static final String SSL_MODE = "sslMode";

  /** The properties that name a Unix socket. */
  private static final List<String> SOCKETS =
      List.of("localSocket", "junixsocket.file", "socketFactoryArg");

  /** The words of both drivers for TLS with any certificate, by their words for no TLS. */
  private static final Map<String, String> ENCRYPTED =
      Map.of(
          TlsMode.NONE.mariaDb(), TlsMode.UNCHECKED.mariaDb(),
          TlsMode.NONE.mySql(), TlsMode.UNCHECKED.mySql());

  ConnectTarget {
    properties = Map.copyOf(properties);
    late = Map.copyOf(late);
  }

  /** Creates a target whose properties are all known. */
  ConnectTarget(String url, Map<String, String> properties) {
    this(url, properties, Map.of(), "");
  }

  /** Returns whether the server may have the password. */
  boolean isTrusted() {
    return refused.isEmpty();
  }

  /** Returns whether the driver is to use the sockets of {@link CheckedGreeting}. */
  boolean checksGreeting() {
    return CheckedGreeting.Sockets.class.getName().equals(properties.get("socketFactory"));
  }

  /** Returns all properties to connect with. */
  Map<String, String> allProperties() throws IOException {
    Map<String, String> all = new HashMap<>(properties);
    for (Map.Entry<String, LateProperty> property : late.entrySet()) {
      all.put(property.getKey(), property.getValue().value());
    }
    return all;
  }

  /**
   * Returns this target with TLS, if a failure requires it. MySQL's usual authentication asks for
   * the password in clear through a Unix socket, and the drivers send it only over TLS. TLS from
   * the beginning would cost every login, and fail with a MariaDB that has none.
   */
  Optional<ConnectTarget> encrypted(SQLException e) {
    String mode = ENCRYPTED.get(properties.getOrDefault(SSL_MODE, ""));
    if (mode == null || !isTrusted() || !isRefused(e)) {
      return Optional.empty();
    }
    Map<String, String> changed = new HashMap<>(properties);
    changed.put(SSL_MODE, mode);
    return Optional.of(new ConnectTarget(url, changed, late, refused));
  }

  private static boolean isRefused(SQLException e) {
    return REFUSED.matcher(String.valueOf(e.getMessage())).find();
  }

  /**
   * Returns a failure to connect. If the driver refused to reveal the password, the message says
   * what to do instead. It has no cause, whose message would be shown instead.
   */
  SQLException explained(SQLException e) {
    if (isTrusted() || !isRefused(e)) {
      return e;
    }
    SQLException explained =
        new SQLException(refused.formatted(e.getMessage()), e.getSQLState(), e.getErrorCode());
    explained.addSuppressed(e);
    return explained;
  }

  /**
   * Returns the URL and the Unix socket. All other properties are left out: one is the password.
   */
  @Override
  public String toString() {
    return SOCKETS.stream()
        .filter(properties::containsKey)
        .findFirst()
        .map(socket -> url + " through " + properties.get(socket))
        .orElse(url);
  }

  /** The value of a driver's property that is made when somebody connects, and not before. */
  @FunctionalInterface
  interface LateProperty {
    String value() throws IOException;
  }
}
