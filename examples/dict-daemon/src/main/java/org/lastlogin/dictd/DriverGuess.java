package org.lastlogin.dictd;

import java.util.Set;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.DatabaseServer;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.SqlDriver;

/** Guesses the driver of a map file from its {@code connect} setting. */
final class DriverGuess {
  /**
   * The keywords in libpq's documentation, without those that Dovecot also knows for MySQL, such as
   * hostaddr.
   */
  private static final Set<String> LIBPQ =
      Set.of(
          "application_name",
          "channel_binding",
          "client_encoding",
          "fallback_application_name",
          "gssencmode",
          "gsslib",
          "keepalives",
          "keepalives_count",
          "keepalives_idle",
          "keepalives_interval",
          "krbsrvname",
          "load_balance_hosts",
          "options",
          "passfile",
          "require_auth",
          "requirepeer",
          "service",
          "ssl_max_protocol_version",
          "ssl_min_protocol_version",
          "sslcert",
          "sslcrl",
          "sslkey",
          "sslmode",
          "sslpassword",
          "sslrootcert",
          "target_session_attrs",
          "tcp_user_timeout");

  private DriverGuess() {}

  /** Returns the most likely driver of a dict that does not name it. */
  static SqlDriver of(DictDefinition dict) {
    return dict.connect().map(DriverGuess::of).orElse(SqlDriver.MYSQL);
  }

  private static SqlDriver of(ConnectSettings connect) {
    DatabaseServer server = connect.servers().get(0);
    if (server.get(ConnectSettings.PATH).isPresent()) {
      return SqlDriver.SQLITE;
    }
    boolean postgreSql =
        server.names().stream().anyMatch(LIBPQ::contains)
            || server.get("port").filter("5432"::equals).isPresent();
    return postgreSql ? SqlDriver.PGSQL : SqlDriver.MYSQL;
  }
}
