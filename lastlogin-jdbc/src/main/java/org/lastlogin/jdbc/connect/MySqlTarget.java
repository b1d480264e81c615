package org.lastlogin.jdbc.connect;

import java.util.List;
import java.util.Map;
import org.lastlogin.jdbc.connect.ClientFlag.Driver;

/**
 * Translates connect settings for MySQL's driver.
 *
 * <p>Each server has a URL of its own. In the driver's own failover, a connection moves on to
 * another server unnoticed, and the outcome of a commit would be unknown.
 */
final class MySqlTarget extends MySqlFamily {
  MySqlTarget() {
    super(
        Driver.MYSQL,
        Map.of("ssl_ca", MySqlTarget::authorities, "ssl_cipher", ciphers("tlsCiphersuites")));
  }

  /** The driver reads certificates only from a key store. */
  private static void authorities(TargetDraft draft, String name, String value) {
    set(draft, "trustCertificate", KeyStoreFile.ofAuthorities(draft, name, value));
  }

  private static void set(TargetDraft draft, String prefix, KeyStoreFile keys) {
    draft.setLate(prefix + "KeyStoreUrl", () -> keys.file().toUri().toString());
    draft.set(prefix + "KeyStorePassword", keys.password());
    draft.set(prefix + "KeyStoreType", KeyStoreFile.TYPE);
  }

  @Override
  String sslMode(TlsMode tls) {
    return tls.mySql();
  }

  @Override
  void setClientKey(TargetDraft server, KeyStoreFile keys) {
    set(server, "clientCertificate", keys);
  }

  @Override
  List<ConnectTarget> arrange(List<TargetDraft> servers) {
    return Address.oneByOne(servers, MySqlFamily::addresses, this::target);
  }

  @Override
  void restrict(Map<String, String> properties, TlsMode tls, boolean trusted) {
    AuthPlugins.disableMySql(properties, tls, trusted);
  }

  @Override
  String socketUrl(TargetDraft draft, String socket, Map<String, String> properties) {
    Library.JUNIXSOCKET_MYSQL.require(draft);
    properties.put("socketFactory", Library.JUNIXSOCKET_MYSQL.className());
    properties.put("junixsocket.file", socket);
    return "jdbc:mysql://localhost";
  }

  @Override
  String url(List<Address> addresses, TlsMode tls, Map<String, String> properties) {
    return "jdbc:mysql://" + Address.inUrl(addresses);
  }
}
