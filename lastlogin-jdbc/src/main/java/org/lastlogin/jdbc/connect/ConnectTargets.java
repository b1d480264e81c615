package org.lastlogin.jdbc.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.DatabaseServer;
import org.lastlogin.config.Diagnostic;

/**
 * The connect settings as a JDBC driver understands them. Immutable.
 *
 * @param targets the targets in the order in which they are tried; at least one
 * @param warnings the settings without an equivalent in the driver, and what is done instead
 */
record ConnectTargets(List<ConnectTarget> targets, List<Diagnostic> warnings) {
  ConnectTargets {
    targets = List.copyOf(targets);
    warnings = List.copyOf(warnings);
  }

  /**
   * Translates settings.
   *
   * @throws org.lastlogin.config.ConfigException if they cannot be used
   */
  static ConnectTargets of(JdbcDriver driver, ConnectSettings connect) {
    TargetKind kind = driver.kind();
    List<ConfigException> failures = new ArrayList<>();
    List<TargetDraft> drafts =
        connect.servers().stream().map(server -> draft(kind, server, failures)).toList();
    if (!failures.isEmpty()) {
      throw ConfigException.joining(failures);
    }
    List<ConnectTarget> targets = kind.targets(drafts);
    // Servers of one connect setting have most of it in common, and one warning for it is enough.
    return new ConnectTargets(
        targets, drafts.stream().flatMap(draft -> draft.warnings().stream()).distinct().toList());
  }

  /** Takes the settings of a server one by one, so that all errors in them are reported. */
  private static TargetDraft draft(
      TargetKind kind, DatabaseServer server, List<ConfigException> failures) {
    TargetDraft draft = new TargetDraft(server);
    for (String name : server.names()) {
      try {
        apply(kind.keywords(), draft, server, name);
      } catch (ConfigException e) {
        failures.add(e);
      }
    }
    return draft;
  }

  private static void apply(
      Map<String, Keyword> keywords, TargetDraft draft, DatabaseServer server, String name) {
    Keyword keyword = keywords.get(name);
    if (keyword != null) {
      keyword.apply(draft, name, server.get(name).orElseThrow());
    } else if (name.equals(ConnectSettings.PATH)) {
      throw server.failure(name, "Expected name=value: only SQLite's setting has a path");
    } else {
      throw server.unknown(name, keywords.keySet());
    }
  }
}
