package org.lastlogin.jdbc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.DatabaseServer;
import org.lastlogin.config.SqlDriver;

/**
 * What a {@code connect} setting means to a JDBC driver. Immutable.
 *
 * @param driver the driver
 * @param url the URL, without user and password
 * @param properties all the rest
 */
record ConnectTarget(JdbcDriver driver, String url, Map<String, String> properties) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+]?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern DATABASE = Pattern.compile("[^/?&#:;,\\s]+");

  /** Settings of libmysqlclient that mariadb-java-client has nothing for, and why. */
  private static final Map<String, String> NOT_FOR_MARIADB =
      Map.of(
          "ssl_cert", "the driver takes the client's certificate from a Java key store only",
          "ssl_key", "the driver takes the client's key from a Java key store only",
          "ssl_ca_path", "name one file by ssl_ca",
          "ssl_cipher", "Java chooses the cipher",
          "client_flags", "the driver sets its own",
          "option_file", "there are no option files in Java",
          "option_group", "there are no option files in Java",
          "default_file", "there are no option files in Java");

  /** Keywords of libpq, and the properties of the PostgreSQL driver that mean the same. */
  private static final Map<String, String> LIBPQ =
      Map.ofEntries(
          Map.entry("user", "user"),
          Map.entry("password", "password"),
          Map.entry("connect_timeout", "connectTimeout"),
          Map.entry("application_name", "ApplicationName"),
          Map.entry("options", "options"),
          Map.entry("sslmode", "sslmode"),
          Map.entry("sslcert", "sslcert"),
          Map.entry("sslkey", "sslkey"),
          Map.entry("sslpassword", "sslpassword"),
          Map.entry("sslrootcert", "sslrootcert"),
          Map.entry("gssencmode", "gssEncMode"),
          Map.entry("krbsrvname", "kerberosServerName"),
          Map.entry("channel_binding", "channelBinding"));

  private static final Set<String> IN_URL = Set.of("host", "port", "dbname");

  ConnectTarget {
    properties = Map.copyOf(properties);
  }

  /** Properties hold the password: they are left out. */
  @Override
  public String toString() {
    return url;
  }

  /** The first server's settings count for all but host and port. */
  static ConnectTarget of(SqlDriver sqlDriver, ConnectSettings connect) {
    return switch (sqlDriver) {
      case MYSQL -> mariaDb(connect);
      case PGSQL -> postgreSql(connect);
      case SQLITE -> sqlite(connect);
    };
  }

  private static ConnectTarget mariaDb(ConnectSettings settings) {
    DatabaseServer connect = settings.servers().get(0);
    requireNoPath(connect);
    Map<String, String> properties = new HashMap<>();
    properties.put("connectTimeout", "5000");
    // Said explicitly: newer drivers insist on a verified certificate by default.
    properties.put("sslMode", "disable");
    for (String name : connect.names()) {
      String value = connect.get(name).orElseThrow();
      switch (name) {
        case "host", "port", "dbname" -> {}
        case "user", "password" -> properties.put(name, value);
        case "connect_timeout" -> properties.put("connectTimeout", milliseconds(connect, name));
        case "read_timeout", "write_timeout" ->
            properties.merge("socketTimeout", milliseconds(connect, name), ConnectTarget::greater);
        case "ssl_ca" -> {
          properties.put("serverSslCert", value);
          properties.put("sslMode", isYes(connect) ? "verify-full" : "verify-ca");
        }
        case "ssl_verify_server_cert" ->
            properties.computeIfPresent(
                "sslMode", (key, mode) -> isYes(connect) ? "verify-full" : mode);
        default -> throw unusable(connect, name);
      }
    }
    String database = connect.get("dbname").map(n -> database(connect, n)).orElse("");
    List<String> hosts = hosts(settings);
    if (hosts.stream().anyMatch(host -> host.startsWith("/"))) {
      if (hosts.size() > 1) {
        throw connect.failure("host", "a socket cannot be one of several hosts");
      }
      properties.put("localSocket", hosts.get(0));
      return new ConnectTarget(
          JdbcDriver.MARIADB, "jdbc:mariadb://localhost/" + database, properties);
    }
    if (LOOPBACK.containsAll(hosts)) {
      // MySQL's usual authentication asks for the server's key where there is no TLS. To take the
      // key from whoever answers is safe only where nobody can get in between.
      properties.put("allowPublicKeyRetrieval", "true");
    }
    String scheme = hosts.size() > 1 ? "jdbc:mariadb:sequential://" : "jdbc:mariadb://";
    return new ConnectTarget(
        JdbcDriver.MARIADB, scheme + hosts(settings, "3306") + "/" + database, properties);
  }

  private static RuntimeException unusable(DatabaseServer connect, String name) {
    String why = NOT_FOR_MARIADB.get(name);
    return connect.failure(
        name, why == null ? "unknown setting: " + name : name + " cannot be used: " + why);
  }

  private static ConnectTarget postgreSql(ConnectSettings settings) {
    DatabaseServer connect = settings.servers().get(0);
    requireNoPath(connect);
    Map<String, String> properties = new HashMap<>();
    properties.put("connectTimeout", "5");
    for (String name : connect.names()) {
      String property = LIBPQ.get(name);
      if (property != null) {
        properties.put(property, connect.get(name).orElseThrow());
      } else if (!IN_URL.contains(name)) {
        throw connect.failure(name, "unknown setting, or none that the JDBC driver has: " + name);
      }
    }
    if (hosts(settings).stream().anyMatch(host -> host.startsWith("/"))) {
      throw connect.failure(
          "host", "the PostgreSQL driver has no Unix sockets: name a host, such as 127.0.0.1");
    }
    String database =
        connect
            .get("dbname")
            .or(() -> connect.get("user"))
            .map(name -> database(connect, name))
            .orElse("");
    return new ConnectTarget(
        JdbcDriver.POSTGRESQL,
        "jdbc:postgresql://" + hosts(settings, "5432") + "/" + database,
        properties);
  }

  private static ConnectTarget sqlite(ConnectSettings settings) {
    DatabaseServer connect = settings.servers().get(0);
    String path =
        connect
            .get(ConnectSettings.PATH)
            .orElseThrow(() -> connect.failure("", "the path of the database's file is missing"));
    Map<String, String> properties = new HashMap<>();
    // With a journal of its own for writes, readers and the writer do not wait for each other.
    properties.put("journal_mode", "WAL");
    properties.put("busy_timeout", "10000");
    for (String name : connect.names()) {
      if (name.equals(ConnectSettings.PATH)) {
        continue;
      }
      if (!name.equals("journal_mode")) {
        throw connect.failure(name, "unknown setting: " + name);
      }
      properties.put(name, connect.get(name).orElseThrow());
    }
    return new ConnectTarget(JdbcDriver.SQLITE, "jdbc:sqlite:" + path, properties);
  }

  private static void requireNoPath(DatabaseServer connect) {
    connect
        .get(ConnectSettings.PATH)
        .ifPresent(
            path -> {
              throw connect.failure("", "expected name=value: only SQLite's setting has a path");
            });
  }

  private static List<String> hosts(ConnectSettings settings) {
    return settings.servers().stream().flatMap(server -> server.get("host").stream()).toList();
  }

  private static String hosts(ConnectSettings settings, String defaultPort) {
    return settings.servers().stream()
        .map(server -> host(server) + ":" + port(server, defaultPort))
        .collect(Collectors.joining(","));
  }

  private static String host(DatabaseServer server) {
    String host = server.get("host").orElse("localhost");
    if (!HOST.matcher(host).matches()) {
      throw server.failure("host", "not the name of a host");
    }
    return bracketed(host);
  }

  private static String port(DatabaseServer server, String defaultPort) {
    return server.get("port").isPresent() ? number(server, "port") : defaultPort;
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  /** Nothing that would end the name within a URL. */
  private static String database(DatabaseServer connect, String name) {
    if (!DATABASE.matcher(name).matches()) {
      throw connect.failure("dbname", "not a name that a URL can hold");
    }
    return name;
  }

  private static String number(DatabaseServer connect, String name) {
    String value = connect.get(name).orElseThrow();
    if (!NUMBER.matcher(value).matches()) {
      throw connect.failure(name, name + " is not a number");
    }
    return value;
  }

  private static String milliseconds(DatabaseServer connect, String name) {
    return Long.toString(1_000 * Long.parseLong(number(connect, name)));
  }

  private static String greater(String a, String b) {
    return Long.parseLong(a) >= Long.parseLong(b) ? a : b;
  }

  private static boolean isYes(DatabaseServer connect) {
    return connect.get("ssl_verify_server_cert").filter("yes"::equals).isPresent();
  }
}
