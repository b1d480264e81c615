package org.lastlogin.jdbc.connect;

import java.util.Map;

/**
 * The authentication plugins that MariaDB's and MySQL's drivers may use. The server chooses one of
 * them, and any local user can take its port while it restarts. So unless the server is known, only
 * those are allowed that do not reveal the password:
 *
 * <ul>
 *   <li>Through a Unix socket, and over TLS that is verified: all.
 *   <li>Without TLS: those that answer a challenge. {@code caching_sha2_password} goes on to send
 *       the password to a server that does not have it in its cache, encrypted with a key that the
 *       drivers take from that server if {@code allowPublicKeyRetrieval} is set, which it is not.
 *   <li>Over TLS that is not verified: the same except {@code caching_sha2_password}, which sends
 *       the password itself there.
 * </ul>
 *
 * <p>{@code mysql_old_password} answers a challenge, too, but with an answer from which the
 * password can be computed. For OpenID the driver sends a token that is as good as a password.
 */
final class AuthPlugins {
  /** The message about a server that asks for a plugin that is not allowed. */
  static final String REFUSED =
      "Refused to send the password, because the server asks for it in a form that reveals it and"
          + " is not verified (%s): verify its certificate (ssl_ca, in Dovecot 2.4"
          + " ssl_client_ca_file; MySQL creates ca.pem in its data directory), or set host to its"
          + " Unix socket";

  /** The property of MariaDB's driver. */
  static final String ALLOWED = "restrictedAuth";

  private static final String CHALLENGE =
      "mysql_native_password,client_ed25519,parsec,auth_gssapi_client";
  private static final String CACHING = "caching_sha2_password";
  private static final String CLEAR = "dialog,mysql_clear_password";
  private static final String REVEALING =
      "mysql_clear_password,mysql_old_password,sha256_password,"
          + "authentication_openid_connect_client";

  private AuthPlugins() {}

  /**
   * Allows MariaDB's driver some plugins.
   *
   * @param trusted whether the server may have the password
   */
  static void allowMariaDb(Map<String, String> properties, TlsMode tls, boolean trusted) {
    String allowed = CHALLENGE;
    if (trusted) {
      // Version 4 does not use those that send the password unless they are listed.
      allowed += "," + CACHING + "," + CLEAR;
    } else if (tls == TlsMode.NONE) {
      allowed += "," + CACHING;
    }
    properties.put(ALLOWED, allowed);
  }

  /**
   * Forbids MySQL's driver some plugins; it has no list of allowed ones.
   *
   * @param trusted whether the server may have the password
   */
  static void disableMySql(Map<String, String> properties, TlsMode tls, boolean trusted) {
    if (!trusted && tls == TlsMode.NONE) {
      properties.put("disabledAuthenticationPlugins", REVEALING);
    } else if (!trusted) {
      properties.put("disabledAuthenticationPlugins", REVEALING + "," + CACHING);
      // The default plugin cannot be disabled.
      properties.put("defaultAuthenticationPlugin", "mysql_native_password");
    }
  }
}
