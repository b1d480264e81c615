package org.lastlogin.config.words;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names in {@code connect}: for which databases, and whether their values may be shown. A name
 * that is not here may be a misspelt one whose value is a secret.
 */
public final class ConnectNames {
  private static final String MYSQL = "mysql";
  private static final String PGSQL = "pgsql";
  private static final String SQLITE = "sqlite";

  private static final List<Name> ALL =
      Stream.of(
              shown(Set.of(MYSQL, PGSQL), "host", "hostaddr", "port", "dbname", "user", "maxconns"),
              hidden(Set.of(MYSQL, PGSQL), "password"),
              shown(Set.of(MYSQL, PGSQL), "connect_timeout"),
              shown(
                  Set.of(MYSQL),
                  "client_flags",
                  "read_timeout",
                  "write_timeout",
                  "ssl_cert",
                  "ssl_key",
                  "ssl_ca",
                  "ssl_ca_path",
                  "ssl_cipher",
                  "ssl_verify_server_cert",
                  "option_file",
                  "option_group"),
              // What libpq knows.
              hidden(Set.of(PGSQL), "passfile", "sslpassword", "options"),
              shown(
                  Set.of(PGSQL),
                  "require_auth",
                  "channel_binding",
                  "client_encoding",
                  "application_name",
                  "fallback_application_name",
                  "keepalives",
                  "keepalives_idle",
                  "keepalives_interval",
                  "keepalives_count",
                  "tcp_user_timeout",
                  "replication",
                  "gssencmode",
                  "sslmode",
                  "requiressl",
                  "sslnegotiation",
                  "sslcompression",
                  "sslcert",
                  "sslkey",
                  "sslcertmode",
                  "sslrootcert",
                  "sslcrl",
                  "sslcrldir",
                  "sslsni",
                  "requirepeer",
                  "ssl_min_protocol_version",
                  "ssl_max_protocol_version",
                  "krbsrvname",
                  "gsslib",
                  "gssdelegation",
                  "service",
                  "target_session_attrs",
                  "load_balance_hosts"),
              hidden(Set.of(SQLITE), "path"),
              shown(Set.of(SQLITE), "journal_mode", "readonly"),
              // Not of Dovecot 2.3: a name of 2.4, and one that only the drivers' users write.
              shown(Set.of(), "ssl", "default_file"))
          .flatMap(List::stream)
          .toList();

  private static final Set<String> HARMLESS =
      ALL.stream().filter(Name::harmless).map(Name::name).collect(Collectors.toUnmodifiableSet());

  private static final List<String> KNOWN =
      ALL.stream().filter(name -> !name.drivers().isEmpty()).map(Name::name).toList();

  private ConnectNames() {}

  private record Name(String name, Set<String> drivers, boolean harmless) {}

  private static List<Name> shown(Set<String> drivers, String... names) {
    return Stream.of(names).map(name -> new Name(name, drivers, true)).toList();
  }

  private static List<Name> hidden(Set<String> drivers, String... names) {
    return Stream.of(names).map(name -> new Name(name, drivers, false)).toList();
  }

  /** Returns whether the value of a name may be shown. */
  static boolean isHarmless(String name) {
    return HARMLESS.contains(name);
  }

  /** Returns what Dovecot 2.3 knows for some database, in the order in which it is suggested. */
  public static List<String> known() {
    return KNOWN;
  }

  /**
   * Returns whether Dovecot 2.3 knows a name for a database.
   *
   * @param driver the database, by the name of its driver
   */
  public static boolean isKnown(String name, String driver) {
    return ALL.stream()
        .anyMatch(known -> known.name().equals(name) && known.drivers().contains(driver));
  }
}
