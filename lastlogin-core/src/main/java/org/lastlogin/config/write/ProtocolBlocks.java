package org.lastlogin.config.write;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lastlogin.config.ConfigFormat;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.LastLoginSettings;
import org.lastlogin.config.mainfile.LastLoginProtocols;
import org.lastlogin.config.words.KnownKeys;

/**
 * Writes the blocks of the protocols that load Dovecot's last_login plugin. Never at the top level:
 * doveadm and the indexer would load it, too, and record a login of each user they work on. Where
 * the key lacks the service, each user would get the time of that run (tried with Dovecot 2.4.1 and
 * 2.4.5). In both, {@code last_login = yes} in a protocol adds to the plugins of the top level.
 */
final class ProtocolBlocks {
  private static final String DOVEADM = "doveadm";

  /** The protocols that are assumed where the maps take the keys of any service. */
  private static final List<String> ASSUMED = List.of("imap", "pop3", "lmtp", "lda");

  /** The default of {@code last_login_key}. */
  private static final String DEFAULT_KEY = "last-login/%{user}";

  private static final Pattern SERVICE = Pattern.compile("%\\{\\s*+(?:service|protocol)\\b[^}]*+}");
  private static final Pattern VARIABLE = Pattern.compile("%\\{[^}]*+}");

  private final DictConfig config;
  private final LastLoginProtocols source;
  private final Findings findings;

  ProtocolBlocks(DictConfig config, LastLoginProtocols source, Findings findings) {
    this.config = config;
    this.source = source;
    this.findings = findings;
  }

  /** Writes them in the format of Dovecot 2.4, where this adds to the plugins of the top level. */
  void to24(LastLoginSettings settings, ConfigLines out) {
    for (String protocol : protocols(settings)) {
      out.open("protocol " + protocol, List.of());
      out.open("mail_plugins", List.of());
      out.line("last_login = yes");
      out.close();
      out.close();
    }
  }

  /** Writes them in the format of Dovecot 2.3, as a comment. */
  void to23(LastLoginSettings settings, ConfigLines out) {
    for (String protocol : protocols(settings)) {
      out.remark("  protocol " + protocol + " {");
      out.remark("    mail_plugins = $mail_plugins last_login");
      out.remark("  }");
    }
  }

  /** Returns the protocols of the source; where it names none, those whose keys have a map. */
  private List<String> protocols(LastLoginSettings settings) {
    String key = key(settings);
    boolean known = isKnown(key);
    List<String> recorded =
        known ? KnownKeys.LOGIN_PROTOCOLS.stream().filter(it -> hasMap(key, it)).toList() : ASSUMED;
    List<String> chosen =
        KnownKeys.LOGIN_PROTOCOLS.stream()
            .filter(it -> source.said(it).orElseGet(() -> isUnnamed(it) && recorded.contains(it)))
            .toList();
    source.entries().forEach(this::reportOther);
    report(chosen, known);
    return chosen;
  }

  private void report(List<String> chosen, boolean known) {
    String all = chosen.isEmpty() ? "no protocol" : String.join(", ", chosen);
    Optional<LastLoginProtocols.Entry> everywhere = source.general(DOVEADM);
    if (everywhere.isPresent()) {
      findings.warning(
          everywhere.get().span(),
          "Every protocol loads last_login, so that a run of doveadm is recorded as a login; it is"
              + " written for these instead: "
              + all);
    } else if (!known && chosen.stream().anyMatch(this::isUnnamed)) {
      findings.warning(
          null,
          "Neither the configuration nor its maps say which protocols load last_login; it is"
              + " written for these: "
              + all);
    }
  }

  private void reportOther(String protocol, LastLoginProtocols.Entry entry) {
    boolean named = !protocol.isEmpty() && !protocol.startsWith("!");
    if (named && entry.enabled() && !KnownKeys.LOGIN_PROTOCOLS.contains(protocol)) {
      findings.warning(
          entry.span(),
          "No user logs in through protocol " + protocol + ": last_login is left out");
    }
  }

  /** Returns whether a protocol may load the plugin though its own block does not name it. */
  private boolean isUnnamed(String protocol) {
    return source.isEmpty() || source.general(protocol).isPresent();
  }

  /** Returns the key that the plugin writes, with the variables of Dovecot 2.4. */
  private String key(LastLoginSettings settings) {
    String key = settings.key().orElse(DEFAULT_KEY);
    return config.format() == ConfigFormat.DOVECOT_2_3
        ? new Variables(unknown -> {}).to24(key)
        : key;
  }

  /** Returns whether the maps take the keys of some services, and of these only. */
  private boolean isKnown(String key) {
    return !hasMap(key, "other")
        && KnownKeys.LOGIN_PROTOCOLS.stream().anyMatch(it -> hasMap(key, it));
  }

  private boolean hasMap(String template, String service) {
    String path = SERVICE.matcher("shared/" + template).replaceAll(service);
    String key = VARIABLE.matcher(path).replaceAll("x");
    return config.dicts().stream().anyMatch(dict -> dict.maps().match(key) != null);
  }
}
