package org.lastlogin.jdbc.connect;

import static java.util.Map.entry;

import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** Translates connect settings for MariaDB's and MySQL's drivers, as far as both are alike. */
abstract sealed class MySqlFamily extends TargetKind permits MariaDbTarget, MySqlTarget {
  private static final String NO_OPTION_FILE =
      "the file is not read; what it sets has to be set here";
  private static final String POOL = "how many connections there are is set at the pool";

  private static final Map<String, Keyword> COMMON =
      Map.ofEntries(
          entry("host", Address::checkHost),
          // Dovecot takes it for another word for host.
          entry("hostaddr", Address::checkHost),
          entry("port", Address::checkPort),
          entry("dbname", Keyword.checked(TargetDraft::database)),
          entry("user", Keyword.as("user")),
          entry("password", Keyword.as("password")),
          entry("client_flags", Keyword.checked(TargetDraft::number)),
          entry("connect_timeout", Keyword.milliseconds("connectTimeout")),
          entry("read_timeout", MySqlFamily::timeout),
          entry("write_timeout", MySqlFamily::writeTimeout),
          entry("ssl", Keyword.checked(TargetDraft::isYes)),
          entry("ssl_verify_server_cert", Keyword.checked(TargetDraft::isYes)),
          entry("ssl_cert", Keyword.used()),
          entry("ssl_key", Keyword.used()),
          entry(
              "ssl_ca_path",
              Keyword.none("certificates are checked against ssl_ca, or else Java's trust store")),
          entry("option_file", Keyword.none(NO_OPTION_FILE)),
          entry("option_group", Keyword.none(NO_OPTION_FILE)),
          entry("default_file", Keyword.none(NO_OPTION_FILE)),
          entry("connection_limit", Keyword.none(POOL)),
          entry("maxconns", Keyword.none(POOL)));

  private final ClientFlag.Driver driver;

  /**
   * Creates the targets of a driver.
   *
   * @param own the keywords that only this driver has, or has in its own way
   */
  MySqlFamily(ClientFlag.Driver driver, Map<String, Keyword> own) {
    super(with(own));
    this.driver = driver;
  }

  private static Map<String, Keyword> with(Map<String, Keyword> own) {
    Map<String, Keyword> keywords = new HashMap<>(COMMON);
    keywords.putAll(own);
    return Map.copyOf(keywords);
  }

  /** Returns the driver's word for a use of TLS. */
  abstract String sslMode(TlsMode tls);

  /** Sets the properties that only this driver has. */
  void prepare(TargetDraft server) {}

  /** Sets the client's certificate and key. */
  abstract void setClientKey(TargetDraft server, KeyStoreFile keys);

  /** Makes targets of servers: one for all, or one for each. */
  abstract List<ConnectTarget> arrange(List<TargetDraft> servers);

  /**
   * Restricts the authentication plugins that the driver may use.
   *
   * @param trusted whether the server may have the password
   */
  abstract void restrict(Map<String, String> properties, TlsMode tls, boolean trusted);

  /** Returns the URL of a Unix socket without the database, and adds what it needs. */
  abstract String socketUrl(TargetDraft draft, String socket, Map<String, String> properties);

  /** Returns the URL of addresses without the database, and adds what it needs. */
  abstract String url(List<Address> addresses, TlsMode tls, Map<String, String> properties);

  @Override
  final List<ConnectTarget> targets(List<TargetDraft> servers) {
    for (TargetDraft server : servers) {
      server.setIfAbsent("connectTimeout", "5000");
      server.set("sslMode", sslMode(TlsMode.of(server)));
      prepare(server);
      ClientFlag.apply(server, driver);
      clientKey(server).ifPresent(keys -> setClientKey(server, keys));
    }
    return arrange(servers);
  }

  /** Makes a target of addresses: of one if it is a Unix socket. */
  final ConnectTarget target(TargetDraft draft, List<Address> addresses) {
    Map<String, String> properties = draft.properties();
    Address first = addresses.get(0);
    TlsMode tls = TlsMode.of(draft);
    boolean trusted = first.isSocket() || TlsMode.isVerified(draft);
    restrict(properties, tls, trusted);
    String url =
        first.isSocket()
            ? socketUrl(draft, first.host(), properties)
            : url(addresses, tls, properties);
    return new ConnectTarget(
        url + "/" + draft.database("dbname"),
        properties,
        draft.lateProperties(),
        trusted ? "" : AuthPlugins.REFUSED);
  }

  static List<Address> addresses(TargetDraft draft) {
    String name = draft.hasAny("hostaddr") ? "hostaddr" : "host";
    String host = draft.get(name).orElse("localhost");
    return List.of(Address.of(draft, name, host, draft.get("port").orElse("3306")));
  }

  private static void timeout(TargetDraft draft, String name, String value) {
    draft.merge(
        "socketTimeout",
        Long.toString(draft.milliseconds(name)),
        (a, b) -> Long.parseLong(a) >= Long.parseLong(b) ? a : b);
  }

  private static void writeTimeout(TargetDraft draft, String name, String value) {
    timeout(draft, name, value);
    if (!draft.get("read_timeout").equals(Optional.of(value))) {
      draft.warn(
          name,
          name + " has no equivalent: it counts for reading too, unless read_timeout is longer");
    }
  }

  /** Returns the client's certificate and key, which may be in one file. */
  private static Optional<KeyStoreFile> clientKey(TargetDraft draft) {
    Optional<String> certificate = draft.get("ssl_cert").or(() -> draft.get("ssl_key"));
    Optional<String> key = draft.get("ssl_key").or(() -> certificate);
    return certificate.map(file -> KeyStoreFile.ofClient(draft, file, key.orElseThrow()));
  }

  /** Takes the ciphers whose OpenSSL names are also Java's; warns about the others. */
  static Keyword ciphers(String property) {
    return (draft, name, value) -> {
      List<String> known = new ArrayList<>();
      List<String> unknown = new ArrayList<>();
      for (String cipher : value.split("[:,]", -1)) {
        (javaCiphers().contains(cipher) ? known : unknown).add(cipher);
      }
      if (!known.isEmpty()) {
        draft.set(property, String.join(",", known));
      }
      if (!unknown.isEmpty()) {
        String instead = known.isEmpty() ? "Java chooses the cipher" : "the others count";
        draft.warn(
            name,
            name + " has no equivalent: Java has other names than these of OpenSSL; " + instead);
      }
    };
  }

  private static Set<String> javaCiphers() {
    try {
      return Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java without TLS", e);
    }
  }
}
