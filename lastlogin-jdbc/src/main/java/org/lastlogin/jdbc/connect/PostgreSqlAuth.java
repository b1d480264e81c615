package org.lastlogin.jdbc.connect;

import java.util.List;
import java.util.Optional;

/**
 * The methods by which PostgreSQL's driver may authenticate. The server chooses one of them, and
 * any local user can take its port while it restarts. So the driver sends a password in clear only
 * through a Unix socket, or over TLS that is verified.
 */
final class PostgreSqlAuth {
  /** The setting: a list of methods with commas, each after an exclamation mark or none of them. */
  static final String NAME = "require_auth";

  /** The driver's property. Versions before 42.7.11 do not have it. */
  static final String PROPERTY = "requireAuth";

  /** The message about a server that asks for a method that is not allowed. */
  static final String REFUSED =
      "Refused to send the password, because the server asks for it in clear and is not verified"
          + " (%s): verify its certificate (sslmode=verify-full and sslrootcert), or set host to"
          + " the directory of its Unix socket";

  private static final String CLEAR = "password";
  private static final List<String> METHODS =
      List.of(CLEAR, "md5", "gss", "sspi", "scram-sha-256", "none");

  private PostgreSqlAuth() {}

  static void check(TargetDraft draft, String name, String value) {
    List<String> named = PostgreSqlTarget.parts(value);
    if (!METHODS.containsAll(named.stream().map(PostgreSqlAuth::method).toList())) {
      throw draft.unknownValue(name, METHODS);
    }
    if (named.stream().map(method -> method.startsWith("!")).distinct().count() > 1) {
      throw draft.failure(name, "Expected an exclamation mark before all methods or before none");
    }
  }

  private static String method(String named) {
    return named.startsWith("!") ? named.substring(1) : named;
  }

  /**
   * Returns whether TLS proves which server it is. The driver's {@code require} trusts any
   * certificate, and what the file of a service sets is not known here. Anybody may have a
   * certificate of the system's authorities: with these, the host's name has to be checked.
   */
  static boolean isVerified(TargetDraft draft) {
    String mode = draft.properties().getOrDefault("sslmode", "");
    return mode.equals("verify-full")
        || (mode.equals("verify-ca") && !draft.get("sslrootcert").equals(Optional.of("system")));
  }

  /**
   * Returns the methods that are allowed, for the driver's property; empty if all are. None is
   * negated: if all of them were, the driver would allow all.
   *
   * @param trusted whether the server may have the password
   */
  static Optional<String> allowed(TargetDraft draft, boolean trusted) {
    Optional<String> setting = draft.get(NAME);
    if (trusted && setting.isEmpty()) {
      return Optional.empty();
    }
    List<String> named = PostgreSqlTarget.parts(setting.orElse(""));
    boolean negated = named.isEmpty() || named.get(0).startsWith("!");
    List<String> allowed =
        METHODS.stream()
            .filter(method -> negated ? !named.contains("!" + method) : named.contains(method))
            .filter(method -> trusted || !method.equals(CLEAR))
            .toList();
    if (allowed.isEmpty()) {
      throw draft.failure(
          NAME, "No method is left: password needs sslmode=verify-full or a Unix socket as host");
    }
    return Optional.of(String.join(",", allowed));
  }
}
