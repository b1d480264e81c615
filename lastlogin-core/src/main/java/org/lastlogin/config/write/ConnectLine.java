package org.lastlogin.config.write;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.DatabaseServer;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.config.source.Quoting;
import org.lastlogin.config.source.ServerPlaces;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.words.ConnectNames;

/**
 * The value of {@code connect} in the format of Dovecot 2.2 and 2.3. Quotes are written with a
 * warning for MySQL: Dovecot 2.3 reads them with PostgreSQL only, but a value with a blank cannot
 * be written without.
 */
final class ConnectLine {
  private static final String HOST = "host";

  /** Dovecot 2.4's name; before, it was ssl_ca or ssl_ca_path that asked for TLS. */
  private static final String SSL = "ssl";

  private static final String VERIFY = "ssl_verify_server_cert";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");

  private final @Nullable SqlDriver driver;
  private final Findings findings;

  /**
   * Creates a writer.
   *
   * @param driver the database; nothing if that is not known
   */
  ConnectLine(@Nullable SqlDriver driver, Findings findings) {
    this.driver = driver;
    this.findings = findings;
  }

  /** The whole value, in quotes if it needs them. */
  String value(ConnectSettings connect) {
    List<DatabaseServer> servers = connect.servers();
    DatabaseServer first = servers.get(0);
    StringJoiner pairs = new StringJoiner(" ");
    first.get(ConnectSettings.PATH).ifPresent(path -> pairs.add(path(path, first)));
    servers.forEach(server -> host(server, servers.size() > 1, pairs));
    for (String name : first.names()) {
      if (driver == SqlDriver.MYSQL && name.equals(SSL)) {
        tls(first, pairs);
      } else if (!name.equals(ConnectSettings.PATH) && !name.equals(HOST)) {
        pairs.add(pair(name, first));
      }
    }
    servers.forEach(server -> checkSame(first, server));
    return Quoting.connect(pairs.toString());
  }

  /** Writes as much of Dovecot 2.4's {@code ssl} as is possible, and warns of what gets lost. */
  private void tls(DatabaseServer server, StringJoiner pairs) {
    Span span = ServerPlaces.span(server, SSL);
    String value = server.get(SSL).orElse("");
    if (value.equals("no")) {
      return;
    }
    if (!value.equals("yes")) {
      findings.error(span, "Expected yes or no as the value of ssl");
    }
    // Said explicitly, although it is what Dovecot 2.3 does: others may be less strict.
    if (!server.names().contains(VERIFY)) {
      pairs.add(VERIFY + "=yes");
    }
    if (!server.names().contains("ssl_ca") && !server.names().contains("ssl_ca_path")) {
      findings.warning(
          span,
          "Dovecot 2.3 uses TLS with MySQL only if ssl_ca or ssl_ca_path is set: without, it"
              + " encrypts nothing and checks no certificate");
    }
  }

  private String path(String path, DatabaseServer server) {
    Span span = ServerPlaces.span(server, ConnectSettings.PATH);
    findings.checkWritable(span, "The path", path);
    if (!isPath(path)) {
      findings.error(span, "This path cannot be distinguished from name=value pairs in connect");
    }
    return path;
  }

  private static boolean isPath(String text) {
    try {
      return ConnectSettings.parse(text)
          .equals(ConnectSettings.of(List.of(Map.of(ConnectSettings.PATH, text))));
    } catch (ConfigException e) {
      return false;
    }
  }

  private void host(DatabaseServer server, boolean required, StringJoiner pairs) {
    if (server.names().contains(HOST)) {
      pairs.add(pair(HOST, server));
    } else if (required) {
      findings.error(
          null, "Dovecot 2.3 tells servers apart by their host, and one of them has none");
    }
  }

  private String pair(String name, DatabaseServer server) {
    String value = server.get(name).orElse("");
    Span span = ServerPlaces.span(server, name);
    findings.checkWritable(span, "The value of " + name, value);
    if (!NAME.matcher(name).matches()) {
      findings.error(span, "The name of a setting in connect consists of letters, digits and _");
    } else if (driver == SqlDriver.MYSQL && !ConnectNames.isKnown(name, driver.configName())) {
      findings.error(span, "Dovecot 2.3 has no setting " + name + " for MySQL");
    } else if (driver == SqlDriver.SQLITE) {
      findings.warning(
          span, "Dovecot 2.3.21 and before take " + name + " for a part of the file's name");
    }
    return name + "=" + quoted(name, value, span);
  }

  private String quoted(String name, String value, @Nullable Span span) {
    if (!needsQuotes(value)) {
      return value;
    }
    if (driver == SqlDriver.MYSQL) {
      findings.warning(
          span,
          "Dovecot 2.3 does not understand quotes in connect with MySQL: it cannot read this value"
              + " of "
              + name);
    }
    return Quoting.quoted(value, '\'');
  }

  private boolean needsQuotes(String value) {
    // PostgreSQL's library knows backslashes outside of quotes, too, and looks for a value after
    // blanks.
    boolean special = value.isEmpty() || value.contains("\\") || value.contains("'");
    return (driver == SqlDriver.PGSQL && special)
        || value.startsWith("'")
        || value.startsWith("\"")
        || value.chars().anyMatch(Character::isWhitespace);
  }

  /** Reports what one server sets and another does not, or not to the same. */
  private void checkSame(DatabaseServer first, DatabaseServer server) {
    Set<String> names = new LinkedHashSet<>(server.names());
    names.addAll(first.names());
    for (String name : names) {
      if (!name.equals(HOST) && !server.get(name).equals(first.get(name))) {
        findings.error(
            ServerPlaces.span(server, name),
            "Dovecot 2.3 has one " + name + " for all servers; only their hosts can differ");
      }
    }
  }
}
