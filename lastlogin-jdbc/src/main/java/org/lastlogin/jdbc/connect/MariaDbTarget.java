package org.lastlogin.jdbc.connect;

import java.util.List;
import java.util.Map;
import org.lastlogin.jdbc.connect.ClientFlag.Driver;

/**
 * Translates connect settings for MariaDB's driver.
 *
 * <p>Several hosts are one URL. The driver moves on to another server by itself then, but reports
 * it with SQL state 25S03, which counts as a lost connection.
 */
final class MariaDbTarget extends MySqlFamily {
  MariaDbTarget() {
    super(
        Driver.MARIADB,
        Map.of(
            "ssl_ca", Keyword.as("serverSslCert"),
            "ssl_cipher", ciphers("enabledSslCipherSuites")));
  }

  /** Set explicitly: newer versions insist on a verified certificate by default. */
  @Override
  String sslMode(TlsMode tls) {
    return tls.mariaDb();
  }

  @Override
  void prepare(TargetDraft server) {
    // The driver allows the server to ask for files by default.
    server.set("allowLocalInfile", "false");
  }

  @Override
  void setClientKey(TargetDraft server, KeyStoreFile keys) {
    server.setLate("keyStore", () -> keys.file().toString());
    server.set("keyStorePassword", keys.password());
    server.set("keyStoreType", KeyStoreFile.TYPE);
  }

  @Override
  List<ConnectTarget> arrange(List<TargetDraft> servers) {
    return Address.together(servers, MySqlFamily::addresses, this::target);
  }

  @Override
  void restrict(Map<String, String> properties, TlsMode tls, boolean trusted) {
    AuthPlugins.allowMariaDb(properties, tls, trusted);
  }

  @Override
  String socketUrl(TargetDraft draft, String socket, Map<String, String> properties) {
    Library.JNA.require(draft);
    properties.put("localSocket", socket);
    return "jdbc:mariadb://localhost";
  }

  @Override
  String url(List<Address> addresses, TlsMode tls, Map<String, String> properties) {
    if (tls != TlsMode.NONE) {
      properties.put("socketFactory", CheckedGreeting.Sockets.class.getName());
    }
    String failover = addresses.size() > 1 ? "sequential:" : "";
    return "jdbc:mariadb:" + failover + "//" + Address.inUrl(addresses);
  }
}
