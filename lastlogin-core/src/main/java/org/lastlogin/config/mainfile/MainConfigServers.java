package org.lastlogin.config.mainfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.DatabaseServer;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Node.Section;
import org.lastlogin.config.source.ServerDraft;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;

/**
 * Reads how a dict of a main configuration reaches its database, in the names of Dovecot 2.3's
 * {@code connect}. A global {@code ssl_cipher_list} is for Dovecot's own servers and does not apply
 * to MySQL; one in the dict, in its server's block or in {@code ssl_client} does. Not safe for use
 * by several threads.
 */
final class MainConfigServers {
  private static final List<String> MYSQL_TEXTS =
      List.of("port", "user", "password", "dbname", "client_flags", "option_file", "option_group");

  /** The name of {@code connection_limit} before Dovecot 2.4. */
  private static final String LIMIT = "maxconns";

  private static final List<String> MYSQL_TIMES =
      List.of("connect_timeout", "read_timeout", "write_timeout");

  /** The settings that take effect with {@code mysql_ssl = yes}. */
  private static final Map<String, String> MYSQL_SSL =
      Map.of(
          "ssl_client_ca_file", "ssl_ca",
          "ssl_client_ca_dir", "ssl_ca_path",
          "ssl_client_cert_file", "ssl_cert",
          "ssl_client_key_file", "ssl_key");

  private final MainConfigView dict;
  private final MainConfigValues values;
  private final MainConfigChecker checker;
  private final MainConfigTypes types;
  private final Diagnostics diagnostics;

  MainConfigServers(
      MainConfigView dict,
      MainConfigValues values,
      MainConfigChecker checker,
      Diagnostics diagnostics) {
    this.dict = dict;
    this.values = values;
    this.checker = checker;
    this.types = new MainConfigTypes(diagnostics);
    this.diagnostics = diagnostics;
  }

  /** The servers of a dict, if the configuration names any. */
  Optional<ConnectSettings> read(SqlDriver driver) {
    if (driver == SqlDriver.SQLITE) {
      return sqlite();
    }
    String type = driver.configName();
    List<DatabaseServer> servers = new ArrayList<>();
    for (String id : dict.names(type)) {
      MainConfigView view = dict.inner(type, id);
      List<MainConfigBlock> blocks = view.blocks(type, id);
      blocks.forEach(checker::check);
      ServerDraft server = new ServerDraft();
      putHost(blocks.get(0), server);
      if (driver == SqlDriver.MYSQL) {
        mysql(view, server);
        new MainConfigServerLint(view, blocks.get(0), values, diagnostics).check();
      } else {
        pgsql(view, server);
      }
      servers.add(server.toServer(closes(blocks)));
    }
    if (servers.isEmpty()) {
      checkForgottenBlock(type);
      return Optional.empty();
    }
    return Optional.of(ConnectSettings.ofServers(servers));
  }

  private static List<Span> closes(List<MainConfigBlock> blocks) {
    return blocks.stream()
        .flatMap(block -> block.sections().stream())
        .map(Section::close)
        .flatMap(Stream::ofNullable)
        .toList();
  }

  /** Reports settings of servers where no block names a server. */
  private void checkForgottenBlock(String type) {
    MainConfigNames.settingsIn(type).stream()
        .map(name -> dict.setting(type + "_" + name))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            setting ->
                diagnostics.error(
                    setting.span(),
                    "This is a setting of a server, but there is no block " + type + " HOST {",
                    "Add the block to the dict, if only to say which host it is.",
                    type + " { .. } named list filter is missing"));
  }

  private void putHost(MainConfigBlock block, ServerDraft server) {
    Optional<MainConfigSetting> override = block.nameOverride();
    Text name = values.name(block);
    if (name != null && !name.isEmpty()) {
      Span place = block.name() == null ? block.span() : block.name().span();
      server.put("host", name.string(), override.map(MainConfigServers::whole).orElse(place));
    }
  }

  private Optional<ConnectSettings> sqlite() {
    dict.blocks("sqlite", "").forEach(checker::check);
    ServerDraft server = new ServerDraft();
    put(dict, "sqlite_path", ConnectSettings.PATH, server);
    put(dict, "sqlite_journal_mode", "journal_mode", server);
    putFlag(dict, "sqlite_readonly", "readonly", server);
    return server.has(ConnectSettings.PATH)
        ? Optional.of(ConnectSettings.ofServers(List.of(server.toServer())))
        : Optional.empty();
  }

  private void pgsql(MainConfigView view, ServerDraft server) {
    view.inner(MainConfigNames.PGSQL_PARAMETERS, "")
        .settingsOf(MainConfigNames.PGSQL_PARAMETERS)
        .forEach(
            parameter -> {
              if (parameter.key().equals("host") || !server.has(parameter.key())) {
                put(parameter, parameter.key(), server);
              }
            });
    put(view, "pgsql_connection_limit", LIMIT, server);
  }

  private void mysql(MainConfigView view, ServerDraft server) {
    MYSQL_TEXTS.forEach(name -> put(view, "mysql_" + name, name, server));
    put(view, "mysql_connection_limit", LIMIT, server);
    for (String name : MYSQL_TIMES) {
      view.setting("mysql_" + name)
          .ifPresent(
              setting ->
                  types
                      .seconds(values.text(setting))
                      .ifPresent(
                          seconds -> server.put(name, Long.toString(seconds), whole(setting))));
    }
    Optional<MainConfigSetting> ssl = view.setting("mysql_ssl");
    if (ssl.isPresent() && types.flag(values.text(ssl.get()))) {
      mysqlSsl(view, ssl.get(), server);
    }
  }

  private void mysqlSsl(MainConfigView view, MainConfigSetting ssl, ServerDraft server) {
    server.put("ssl", "yes", whole(ssl));
    MainConfigView client = view.inner(MainConfigNames.SSL_CLIENT, "");
    MYSQL_SSL.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(e -> put(client, e.getKey(), e.getValue(), server));
    // At the top, it is meant for Dovecot's own servers.
    client
        .setting("ssl_cipher_list")
        .filter(setting -> setting.block().parent() != null)
        .ifPresent(setting -> put(setting, "ssl_cipher", server));
    putFlag(client, "ssl_client_require_valid_cert", "ssl_verify_server_cert", server);
  }

  private void put(MainConfigView view, String key, String name, ServerDraft server) {
    view.setting(key)
        .filter(setting -> !values.text(setting).isEmpty())
        .ifPresent(setting -> put(setting, name, server));
  }

  private void putFlag(MainConfigView view, String key, String name, ServerDraft server) {
    view.setting(key)
        .ifPresent(
            setting -> {
              String value = types.flag(values.text(setting)) ? "yes" : "no";
              server.put(name, value, whole(setting));
            });
  }

  private void put(MainConfigSetting setting, String name, ServerDraft server) {
    server.put(name, values.text(setting).string(), whole(setting));
  }

  /** Returns where a setting is, with its value. */
  private static Span whole(MainConfigSetting setting) {
    Span name = setting.span();
    return new Span(name.source(), name.start(), setting.raw().span().end());
  }
}
