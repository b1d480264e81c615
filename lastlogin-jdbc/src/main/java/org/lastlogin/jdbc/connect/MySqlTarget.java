package org.lastlogin.jdbc.connect;

import java.util.List;
import java.util.Map;
import org.lastlogin.jdbc.connect.ClientFlag.Driver;

/** What MySQL's driver makes of connect settings. */
final class MySqlTarget implements TargetKind {
  private static final Map<String, Keyword> KEYWORDS =
      MySqlKeywords.with(
          Map.of(
              "ssl_ca",
              MySqlTarget::authorities,
              "ssl_cipher",
              MySqlKeywords.ciphers("tlsCiphersuites")));

  @Override
  public Map<String, Keyword> keywords() {
    return KEYWORDS;
  }

  /**
   * One by one: in the driver's own fail-over a connection goes on, unnoticed, at another server,
   * and nobody knows then where a transaction was left.
   */
  @Override
  public List<ConnectTarget> targets(List<TargetDraft> servers) {
    for (TargetDraft server : servers) {
      server.setIfAbsent("connectTimeout", "5000");
      server.set("sslMode", TlsMode.of(server).mySql());
      ClientFlag.apply(server, Driver.MYSQL);
      MySqlKeywords.clientKey(server).ifPresent(keys -> set(server, "clientCertificate", keys));
    }
    return Address.oneByOne(servers, MySqlKeywords::addresses, MySqlTarget::target);
  }

  /** The driver takes certificates from a key store alone. */
  private static void authorities(TargetDraft draft, String name, String value) {
    set(draft, "trustCertificate", KeyStoreFile.ofAuthorities(draft, name, value));
  }

  private static void set(TargetDraft draft, String prefix, KeyStoreFile keys) {
    draft.setLate(prefix + "KeyStoreUrl", () -> keys.file().toUri().toString());
    draft.set(prefix + "KeyStorePassword", keys.password());
    draft.set(prefix + "KeyStoreType", KeyStoreFile.TYPE);
  }

  private static ConnectTarget target(TargetDraft draft, List<Address> addresses) {
    Map<String, String> properties = draft.properties();
    Address address = addresses.get(0);
    boolean trusted = address.isSocket() || TlsMode.isVerified(draft);
    AuthPlugins.disableMySql(properties, TlsMode.of(draft), trusted);
    if (address.isSocket()) {
      Library.JUNIXSOCKET_MYSQL.require(draft);
      properties.put("socketFactory", Library.JUNIXSOCKET_MYSQL.className());
      properties.put("junixsocket.file", address.host());
    }
    String hosts = address.isSocket() ? "localhost" : Address.inUrl(addresses);
    return new ConnectTarget(
        "jdbc:mysql://" + hosts + "/" + draft.database("dbname"),
        properties,
        draft.lateProperties(),
        trusted ? "" : AuthPlugins.REFUSED);
  }
}
