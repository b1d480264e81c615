package org.lastlogin.config.write;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.DatabaseServer;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.config.source.Quoting;
import org.lastlogin.config.source.ServerPlaces;
import org.lastlogin.config.source.Span;

/** Writes how to reach a database in the format of Dovecot 2.4: one block for each server. */
final class ServerBlocks {
  private static final String HOST = "host";

  /** The number of connections, which is set for all servers together. */
  private static final String LIMIT = "maxconns";

  /** Dovecot 2.4's names of MySQL's settings. */
  private static final Map<String, String> MYSQL =
      Map.ofEntries(
          Map.entry("port", "port"),
          Map.entry("user", "user"),
          Map.entry("password", "password"),
          Map.entry("dbname", "dbname"),
          Map.entry("ssl", "ssl"),
          Map.entry("ssl_ca", "ssl_client_ca_file"),
          Map.entry("ssl_ca_path", "ssl_client_ca_dir"),
          Map.entry("ssl_cert", "ssl_client_cert_file"),
          Map.entry("ssl_key", "ssl_client_key_file"),
          Map.entry("ssl_cipher", "ssl_cipher_list"),
          Map.entry("ssl_verify_server_cert", "ssl_client_require_valid_cert"),
          Map.entry("option_file", "option_file"),
          Map.entry("option_group", "option_group"),
          Map.entry("client_flags", "client_flags"),
          Map.entry("connect_timeout", "connect_timeout"),
          Map.entry("read_timeout", "read_timeout"),
          Map.entry("write_timeout", "write_timeout"));

  /** Dovecot 2.4's names of SQLite's settings. */
  private static final Map<String, String> SQLITE =
      Map.of(
          ConnectSettings.PATH,
          "sqlite_path",
          "journal_mode",
          "sqlite_journal_mode",
          "readonly",
          "sqlite_readonly");

  private static final Set<String> TIMES =
      Set.of("connect_timeout", "read_timeout", "write_timeout");

  /** A time without a unit, which Dovecot 2.4 insists on unless it is zero. */
  private static final Pattern BARE_SECONDS = Pattern.compile("\\d*[1-9]\\d*");

  private final SqlDriver driver;
  private final ConfigLines out;
  private final Findings findings;

  ServerBlocks(SqlDriver driver, ConfigLines out, Findings findings) {
    this.driver = driver;
    this.out = out;
    this.findings = findings;
  }

  void write(ConnectSettings connect) {
    List<DatabaseServer> servers = connect.servers();
    if (driver == SqlDriver.SQLITE) {
      servers.forEach(this::sqlite);
      return;
    }
    DatabaseServer first = servers.get(0);
    first
        .get(LIMIT)
        .ifPresent(limit -> line(first, LIMIT, driver.configName() + "_connection_limit"));
    BlockNames names = new BlockNames(driver.configName(), HOST, out);
    for (DatabaseServer server : servers) {
      String host = server.get(HOST).orElse("");
      findings.checkWritable(ServerPlaces.span(server, HOST), "This host", host);
      List<Span> lines = Anchors.lines(server);
      names.open(
          host,
          ConfigLines.known(
              lines.isEmpty() ? null : lines.get(0), ServerPlaces.span(server, HOST)));
      if (driver == SqlDriver.MYSQL) {
        mysql(server);
      } else {
        pgsql(server);
      }
      out.close(ServerPlaces.of(server).closes().toArray(Span[]::new));
    }
  }

  private void mysql(DatabaseServer server) {
    boolean encrypted = server.names().contains("ssl");
    for (String name : server.names()) {
      if (!encrypted && name.startsWith("ssl_")) {
        encrypt(server, name);
        encrypted = true;
      }
      if (!name.equals(HOST) && !name.equals(LIMIT)) {
        known(server, name, MYSQL);
      }
    }
  }

  /**
   * Switches TLS on, which one of Dovecot 2.3's names asks for. Both versions check certificates by
   * default, so that nothing is written that the dict does not say.
   */
  private void encrypt(DatabaseServer server, String name) {
    out.line("ssl = yes");
    if (!server.names().contains("ssl_verify_server_cert")) {
      findings.warning(
          ServerPlaces.span(server, name),
          "Dovecot 2.4 checks the server's certificate and the host's name in it, since"
              + " ssl_verify_server_cert is not set; only ssl_client_require_valid_cert = no keeps"
              + " it from that");
    }
  }

  private void pgsql(DatabaseServer server) {
    List<String> parameters =
        server.names().stream().filter(name -> !name.equals(HOST) && !name.equals(LIMIT)).toList();
    if (parameters.isEmpty()) {
      return;
    }
    out.open("parameters", List.of());
    parameters.forEach(name -> line(server, name, Quoting.name(name)));
    out.close();
  }

  private void sqlite(DatabaseServer server) {
    server.names().forEach(name -> known(server, name, SQLITE));
  }

  private void known(DatabaseServer server, String name, Map<String, String> known) {
    String setting = known.get(name);
    if (setting != null) {
      line(server, name, setting);
      return;
    }
    // Its value may be a secret.
    out.line(
        "# " + name + " is left out: Dovecot 2.4 has no such setting",
        ServerPlaces.span(server, name));
    findings.warning(
        ServerPlaces.span(server, name), "Dovecot 2.4 has no setting for " + name + ": left out");
  }

  private void line(DatabaseServer server, String name, String setting) {
    String value = server.get(name).orElse("");
    findings.checkWritable(ServerPlaces.span(server, name), "The value of " + name, value);
    if (Quoting.isTornBy241(value)) {
      findings.warning(
          ServerPlaces.span(server, name),
          "Dovecot 2.4.1 loses a single letter y next to a percent sign in the value of"
              + " "
              + name);
    }
    String text =
        driver == SqlDriver.MYSQL && TIMES.contains(name) && BARE_SECONDS.matcher(value).matches()
            ? value + "s"
            : Quoting.value(Quoting.literal(value));
    out.line((setting + " = " + text).stripTrailing(), ServerPlaces.span(server, name));
  }
}
