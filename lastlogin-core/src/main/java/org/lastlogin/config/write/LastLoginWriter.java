package org.lastlogin.config.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lastlogin.config.ConfigFormat;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.LastLoginSettings;
import org.lastlogin.config.mainfile.LastLoginProtocols;
import org.lastlogin.config.source.Quoting;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.KeyPattern;

/** Writes the settings of Dovecot's last_login plugin that go with a dict. */
public final class LastLoginWriter {
  /** The names of variables for the service. */
  private static final Set<String> SERVICES = Set.of("service", "protocol");

  /** The names of variables for the user. */
  private static final Set<List<String>> USERS = Set.of(List.of("user"), List.of("user", "domain"));

  private final DictConfig config;
  private final LastLoginProtocols protocols;
  private final Findings findings;

  /**
   * Creates a writer for the dicts of a configuration.
   *
   * @param protocols the protocols that load the plugin there
   */
  public LastLoginWriter(DictConfig config, LastLoginProtocols protocols, Findings findings) {
    this.config = config;
    this.protocols = protocols;
    this.findings = findings;
  }

  /**
   * Returns the settings for a dict: those of the configuration, or else those that fit its maps.
   */
  public Optional<LastLoginSettings> settings(DictDefinition dict) {
    return config.lastLogin().isPresent()
        ? config.lastLogin().filter(said -> said.dictName().equals(dict.name()))
        : keyOf(dict).map(key -> derived(dict, key));
  }

  private LastLoginSettings derived(DictDefinition dict, String key) {
    return new LastLoginSettings(dict.name(), Optional.empty(), Optional.of(key), Optional.empty());
  }

  /** The key that a dict's maps ask for, in the syntax of the configuration. */
  private Optional<String> keyOf(DictDefinition dict) {
    return dict.maps().asList().stream().flatMap(map -> keyOf(map).stream()).findFirst();
  }

  private Optional<String> keyOf(DictMap map) {
    List<String> variables = new ArrayList<>(map.pattern().variables());
    boolean anyService = !variables.isEmpty() && SERVICES.contains(variables.get(0));
    if (anyService) {
      variables.remove(0);
    }
    String service = anyService ? "\\$" : "[^/$]+";
    if (!map.pattern().skeleton().matches(KeyPattern.LAST_LOGIN + service + "/\\$(?:/\\$)?")
        || !USERS.contains(variables)) {
      return Optional.empty();
    }
    boolean old = config.format() == ConfigFormat.DOVECOT_2_3;
    String domain = old ? "/%d" : "/%{user | domain}";
    return Optional.of(
        (old ? "last-login/%s/%u" : "last-login/%{service}/%{user}")
            + (variables.size() == 2 ? domain : ""));
  }

  /** Writes settings in the format of Dovecot 2.4. */
  public void to24(LastLoginSettings settings, ConfigLines out) {
    new ProtocolBlocks(config, protocols, findings).to24(settings, out);
    out.open("last_login", List.of());
    out.open("dict proxy", List.of());
    settings.dictName().ifPresent(name -> out.line("name = " + Quoting.template(name)));
    settings.socketPath().ifPresent(path -> out.line("socket_path = " + Quoting.template(path)));
    out.close();
    out.close();
    settings
        .key()
        .map(key -> config.format() == ConfigFormat.DOVECOT_2_3 ? translator("2.4").to24(key) : key)
        .ifPresent(key -> out.line("last_login_key = " + Quoting.template(key)));
    settings.precision().ifPresent(unit -> out.line("last_login_precision = " + unit));
  }

  /** Writes settings in the format of Dovecot 2.3, as a comment. */
  public void to23(LastLoginSettings settings, ConfigLines out) {
    new ProtocolBlocks(config, protocols, findings).to23(settings, out);
    out.remark("  plugin {");
    String socket = settings.socketPath().orElse("");
    if (socket.contains(":")) {
      findings.warning(
          null, "Dovecot 2.3 takes the path of the socket to end at its first colon: " + socket);
    }
    settings
        .dictName()
        .ifPresent(name -> out.remark("    last_login_dict = proxy:" + socket + ":" + name));
    settings
        .key()
        .map(key -> config.format() == ConfigFormat.DOVECOT_2_4 ? translator("2.3").to23(key) : key)
        .ifPresent(key -> out.remark("    last_login_key = " + key));
    settings.precision().ifPresent(unit -> out.remark("    last_login_precision = " + unit));
    out.remark("  }");
  }

  private Variables translator(String version) {
    return new Variables(
        variable ->
            findings.warning(
                null,
                "last_login_key: "
                    + variable
                    + " has no equivalent in Dovecot "
                    + version
                    + " and is left as it is"));
  }
}
