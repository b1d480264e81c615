package org.lastlogin.jdbc.connect;

import java.util.List;
import java.util.Map;
import org.lastlogin.jdbc.connect.ClientFlag.Driver;

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
      // The driver allows the server to ask for files by default.
      server.set("allowLocalInfile", "false");
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
    Map<String, String> properties = draft.properties();
    Address first = addresses.get(0);
    TlsMode tls = TlsMode.of(draft);
    boolean trusted = first.isSocket() || TlsMode.isVerified(draft);
    AuthPlugins.allowMariaDb(properties, tls, trusted);
    String hosts;
    if (first.isSocket()) {
      Library.JNA.require(draft);
      properties.put("localSocket", first.host());
      hosts = "//localhost";
    } else {
      hosts = (addresses.size() > 1 ? "sequential://" : "//") + Address.inUrl(addresses);
      if (tls != TlsMode.NONE) {
        properties.put("socketFactory", CheckedGreeting.Sockets.class.getName());
      }
    }
    return new ConnectTarget(
        "jdbc:mariadb:" + hosts + "/" + draft.database("dbname"),
        properties,
        draft.lateProperties(),
        trusted ? "" : AuthPlugins.REFUSED);
  }
}
