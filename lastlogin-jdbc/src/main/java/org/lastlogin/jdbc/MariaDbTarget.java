package org.lastlogin.jdbc;

import java.util.List;
import java.util.Map;
import org.lastlogin.jdbc.ClientFlag.Driver;

/** What MariaDB's driver makes of connect settings. */
final class MariaDbTarget implements TargetKind {
  private static final Map<String, Keyword> KEYWORDS =
      MySqlKeywords.with(
          Map.of(
              "ssl_ca", Keyword.as("serverSslCert"),
              "ssl_cipher", MySqlKeywords.ciphers("enabledSslCipherSuites")));

  @Override
  public Map<String, Keyword> keywords() {
    return KEYWORDS;
  }

  @Override
  public List<ConnectTarget> targets(List<TargetDraft> servers) {
    for (TargetDraft server : servers) {
      server.setIfAbsent("connectTimeout", "5000");
      // Said explicitly: newer drivers insist on a verified certificate by default.
      server.set("sslMode", TlsMode.of(server).mariaDb());
      ClientFlag.apply(server, Driver.MARIADB);
      MySqlKeywords.clientKey(server)
          .ifPresent(
              keys -> {
                server.setLate("keyStore", () -> keys.file().toString());
                server.set("keyStorePassword", keys.password());
                server.set("keyStoreType", KeyStoreFile.TYPE);
              });
    }
    return Address.together(servers, MySqlKeywords::addresses, MariaDbTarget::target);
  }

  private static ConnectTarget target(TargetDraft draft, List<Address> addresses) {
    Map<String, String> properties = MySqlKeywords.properties(draft, addresses);
    String database = draft.database("dbname");
    Address first = addresses.get(0);
    if (first.isSocket()) {
      Library.JNA.require(draft);
      properties.put("localSocket", first.host());
      return new ConnectTarget(
          "jdbc:mariadb://localhost/" + database, properties, draft.lateProperties());
    }
    String scheme = addresses.size() > 1 ? "jdbc:mariadb:sequential://" : "jdbc:mariadb://";
    String url = scheme + Address.inUrl(addresses) + "/" + database;
    return new ConnectTarget(url, properties, draft.lateProperties());
  }
}
