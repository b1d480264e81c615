package org.lastlogin.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.lastlogin.config.DatabaseServer.Setting;

/** Finds what is doubtful in the value of {@code connect}, whatever the database is. */
final class ConnectLint {
  private static final String PORT = "port";

  /** What Dovecot's MySQL driver knows, libpq's keywords, and what SQLite's driver knows. */
  private static final List<String> KNOWN =
      List.of(
          "host,hostaddr,port,dbname,user,password,client_flags,connect_timeout,read_timeout,"
              .concat("write_timeout,ssl_cert,ssl_key,ssl_ca,ssl_ca_path,ssl_cipher,")
              .concat("ssl_verify_server_cert,option_file,option_group,default_file,passfile,")
              .concat("require_auth,channel_binding,client_encoding,options,application_name,")
              .concat("fallback_application_name,keepalives,keepalives_idle,keepalives_interval,")
              .concat(
                  "keepalives_count,tcp_user_timeout,replication,gssencmode,sslmode,requiressl,")
              .concat(
                  "sslcompression,sslcert,sslkey,sslpassword,sslrootcert,sslcrl,sslcrldir,sslsni,")
              .concat("requirepeer,krbsrvname,gsslib,service,target_session_attrs,")
              .concat("load_balance_hosts,path,journal_mode,readonly")
              .split(","));

  /** What a file has no use for. */
  private static final Set<String> OF_SERVERS = Set.of("host", PORT, "dbname", "user", "password");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}+");

  private final Diagnostics diagnostics;

  ConnectLint(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Warns of what is doubtful. */
  void check(ConnectSettings connect) {
    DatabaseServer first = connect.servers().get(0);
    for (String name : first.names()) {
      Setting setting = first.setting(name);
      Span span = setting.span();
      if (span != null) {
        check(name, setting.value(), span);
        Placeholders.checkServer(name, setting.value(), span, diagnostics);
      }
    }
    Setting path = first.names().contains("path") ? first.setting("path") : null;
    if (path != null
        && path.span() != null
        && !path.value().contains("/")
        && first.names().stream().anyMatch(OF_SERVERS::contains)) {
      diagnostics.warning(
          path.span(),
          "This is taken for the path of an SQLite database, which needs nothing of what follows",
          "If it is a name and its value, put = between them.");
    }
  }

  private void check(String name, String value, Span span) {
    if (!KNOWN.contains(name)) {
      Optional<String> guess = Suggestions.closest(name, KNOWN);
      guess.ifPresent(
          known ->
              diagnostics.warning(
                  span,
                  "No database knows the setting " + name,
                  "Did you mean " + known + "?",
                  "Unknown connect string: " + name));
    } else if (value.isEmpty() && OF_SERVERS.contains(name) && !name.equals("password")) {
      diagnostics.warning(
          span,
          "There is no value behind " + name + "=",
          "Add one, or remove " + name + "= if it is not needed.");
    } else if (name.equals(PORT) && !isPort(value)) {
      diagnostics.warning(
          span,
          "Expected a port, which is a number from 1 to 65535",
          "MySQL listens at 3306, PostgreSQL at 5432, unless they are told otherwise.",
          "Invalid port number: " + value);
    }
  }

  private static boolean isPort(String value) {
    return Placeholders.endAt(value, 0) > 0
        || (NUMBER.matcher(value).matches()
            && Integer.parseInt(value) >= 1
            && Integer.parseInt(value) <= 65535);
  }
}
