package org.lastlogin.jdbc.connect;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Translates connect settings, whose names are libpq's, for PostgreSQL's driver. */
final class PostgreSqlTarget extends TargetKind {
  private static final String SYSTEM = "the operating system's setting counts";
  private static final String JAVA_TLS = "Java's own choice counts, TLS 1.2 and 1.3";
  private static final String POOL = "how many connections there are is set at the pool";
  private static final String NO_REVOCATION =
      "revocation lists are not read, so a revoked certificate is accepted";

  private static final Map<String, String> SERVER_TYPES =
      Map.of(
          "any", "any",
          "read-write", "primary",
          "read-only", "secondary",
          "primary", "primary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary");

  private static final List<String> SSL_MODES =
      List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
  private static final List<String> PREFERENCE = List.of("disable", "prefer", "require");
  private static final List<String> TLS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  private static final Map<String, Keyword> KEYWORDS =
      Map.ofEntries(
          // Where, and who
          entry("host", PostgreSqlTarget::checkHosts),
          entry("hostaddr", PostgreSqlTarget::checkHosts),
          entry("port", PostgreSqlTarget::checkPorts),
          entry("dbname", PostgreSqlTarget::checkDatabase),
          entry("user", Keyword.as("user")),
          entry("password", Keyword.as("password")),
          entry(
              "passfile",
              Keyword.none(
                  "the file that PGPASSFILE in the environment names is read, or ~/.pgpass")),
          entry("service", Keyword.checked(TargetDraft::database)),
          entry(PostgreSqlAuth.NAME, PostgreSqlAuth::check),
          entry("channel_binding", Keyword.oneOf(PREFERENCE, Keyword.as("channelBinding"))),
          entry("requirepeer", Keyword.none("the user that runs the server is not checked")),
          // Several servers
          entry("target_session_attrs", Keyword.translated("targetServerType", SERVER_TYPES)),
          entry(
              "load_balance_hosts",
              Keyword.translated("loadBalanceHosts", Map.of("disable", "false", "random", "true"))),
          // The session
          entry("options", Keyword.as("options")),
          entry("application_name", Keyword.as("ApplicationName")),
          entry(
              "fallback_application_name",
              (draft, name, value) -> draft.setIfAbsent("ApplicationName", value)),
          entry(
              "client_encoding",
              Keyword.none("the driver speaks UTF-8", "UTF8", "UTF-8", "utf8", "utf-8", "auto")),
          entry(
              "replication",
              Keyword.none("the connection is an ordinary one", "false", "off", "no", "0")),
          // The network
          entry("connect_timeout", Keyword.seconds("connectTimeout")),
          entry("keepalives", PostgreSqlTarget::keepAlives),
          entry("keepalives_idle", Keyword.none(SYSTEM, "0")),
          entry("keepalives_interval", Keyword.none(SYSTEM, "0")),
          entry("keepalives_count", Keyword.none(SYSTEM, "0")),
          entry(
              "tcp_user_timeout",
              Keyword.none("the time limit of each statement counts, 10 s by default", "0")),
          // TLS
          entry("sslmode", Keyword.oneOf(SSL_MODES, Keyword.as("sslmode"))),
          entry("requiressl", PostgreSqlTarget::requireSsl),
          entry(
              "sslnegotiation",
              Keyword.oneOf(List.of("postgres", "direct"), Keyword.as("sslNegotiation"))),
          entry("sslcompression", Keyword.none("nothing is compressed", "0")),
          entry("sslcert", Keyword.as("sslcert")),
          entry("sslkey", Keyword.as("sslkey")),
          entry("sslpassword", Keyword.as("sslpassword")),
          entry(
              "sslcertmode",
              Keyword.oneOf(
                  List.of("disable", "allow", "require"),
                  Keyword.none(
                      "a certificate is sent if there is one and the server asks", "allow"))),
          entry("sslrootcert", PostgreSqlTarget::rootCertificate),
          entry("sslcrl", Keyword.none(NO_REVOCATION)),
          entry("sslcrldir", Keyword.none(NO_REVOCATION)),
          entry("sslsni", Keyword.none("the server is told the host's name", "1")),
          entry(
              "ssl_min_protocol_version",
              Keyword.oneOf(TLS, Keyword.none(JAVA_TLS, "TLSv1", "TLSv1.1", "TLSv1.2"))),
          entry("ssl_max_protocol_version", Keyword.oneOf(TLS, Keyword.none(JAVA_TLS, "TLSv1.3"))),
          // Kerberos
          entry("gssencmode", Keyword.oneOf(PREFERENCE, Keyword.as("gssEncMode"))),
          entry("krbsrvname", Keyword.as("kerberosServerName")),
          entry("gsslib", Keyword.as("gsslib")),
          entry("gssdelegation", Keyword.none("credentials are not passed on", "0")),
          // Dovecot's own
          entry("connection_limit", Keyword.none(POOL)),
          entry("maxconns", Keyword.none(POOL)));

  PostgreSqlTarget() {
    super(KEYWORDS);
  }

  @Override
  List<ConnectTarget> targets(List<TargetDraft> servers) {
    for (TargetDraft server : servers) {
      server.setIfAbsent("connectTimeout", "5");
      server.setIfAbsent("tcpKeepAlive", "true"); // As libpq does.
      if (server.hasAny("hostaddr") && server.get("sslmode").equals(Optional.of("verify-full"))) {
        server.warn(
            "host",
            "host has no equivalent beside hostaddr: the certificate is checked against the"
                + " address");
      }
    }
    return Address.together(servers, PostgreSqlTarget::addresses, PostgreSqlTarget::target);
  }

  /** Returns the setting with the hosts. With hostaddr, host is not used. */
  private static String hostName(TargetDraft draft) {
    return draft.hasAny("hostaddr") ? "hostaddr" : "host";
  }

  private static void checkHosts(TargetDraft draft, String name, String value) {
    if (name.equals(hostName(draft))) {
      parts(value).forEach(host -> Address.checkHost(draft, name, host));
    }
  }

  private static void checkPorts(TargetDraft draft, String name, String value) {
    parts(value).forEach(port -> Address.checkPort(draft, name, port));
  }

  /** Returns the parts of a list that are not empty. An empty part means the default. */
  static List<String> parts(String list) {
    return Pattern.compile(",").splitAsStream(list).filter(part -> !part.isEmpty()).toList();
  }

  private static void checkDatabase(TargetDraft draft, String name, String value) {
    // With a service, it is not part of the URL.
    if (!draft.hasAny("service")) {
      draft.database(name);
    }
  }

  private static void keepAlives(TargetDraft draft, String name, String value) {
    draft.set("tcpKeepAlive", Boolean.toString(draft.number(name) != 0));
  }

  /** The word that libpq had before sslmode. */
  private static void requireSsl(TargetDraft draft, String name, String value) {
    draft.setIfAbsent("sslmode", draft.number(name) != 0 ? "require" : "prefer");
  }

  private static void rootCertificate(TargetDraft draft, String name, String value) {
    if (value.equals("system")) {
      draft.set("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
      draft.setIfAbsent("sslmode", "verify-full");
    } else {
      draft.set(name, value);
    }
  }

  /**
   * Returns the addresses. One value may have several hosts, with a port for each or one for all.
   */
  private static List<Address> addresses(TargetDraft draft) {
    String name = hostName(draft);
    String[] hosts = draft.get(name).orElse("").split(",", -1);
    String[] ports = draft.get("port").orElse("").split(",", -1);
    if (ports.length != 1 && ports.length != hosts.length) {
      throw draft.failure("port", "Expected one port, or as many as there are hosts");
    }
    List<Address> addresses = new ArrayList<>();
    for (int i = 0; i < hosts.length; i++) {
      String port = ports[ports.length == 1 ? 0 : i];
      addresses.add(
          Address.of(
              draft,
              name,
              hosts[i].isEmpty() ? "localhost" : hosts[i],
              port.isEmpty() ? "5432" : port));
    }
    return addresses;
  }

  private static ConnectTarget target(TargetDraft draft, List<Address> addresses) {
    Map<String, String> properties = draft.properties();
    Address first = addresses.get(0);
    boolean trusted = first.isSocket() || PostgreSqlAuth.isVerified(draft);
    PostgreSqlAuth.allowed(draft, trusted)
        .ifPresent(methods -> properties.put(PostgreSqlAuth.PROPERTY, methods));
    if (first.isSocket()) {
      Library.JUNIXSOCKET.require(draft);
      properties.put("socketFactory", Library.JUNIXSOCKET.className());
      properties.put("socketFactoryArg", first.host() + "/.s.PGSQL." + first.port());
      // Only for the network. libpq ignores these here, too.
      properties.put("sslmode", "disable");
      properties.put("gssEncMode", "disable");
      properties.remove("tcpKeepAlive");
    }
    String url =
        draft.hasAny("service")
            ? ofService(draft, addresses, properties)
            : url(draft, first.isSocket() ? "localhost" : Address.inUrl(addresses));
    return new ConnectTarget(url, properties, Map.of(), trusted ? "" : PostgreSqlAuth.REFUSED);
  }

  private static String url(TargetDraft draft, String hosts) {
    String database = draft.database(draft.hasAny("dbname") ? "dbname" : "user");
    return "jdbc:postgresql://" + hosts + "/" + database;
  }

  /** Returns the URL of a service. Settings override the service's file if they are properties. */
  private static String ofService(
      TargetDraft draft, List<Address> addresses, Map<String, String> properties) {
    if (draft.hasAny("host", "hostaddr")) {
      properties.put("PGHOST", joined(addresses, a -> a.isSocket() ? "localhost" : a.host()));
      properties.put("PGPORT", joined(addresses, Address::port));
    } else if (draft.hasAny("port")) {
      properties.put("PGPORT", joined(addresses, Address::port));
    }
    draft.get("dbname").ifPresent(name -> properties.put("PGDBNAME", name));
    return "jdbc:postgresql://?service=" + draft.database("service");
  }

  private static String joined(List<Address> addresses, Function<Address, String> part) {
    return addresses.stream().map(part).collect(Collectors.joining(","));
  }
}
