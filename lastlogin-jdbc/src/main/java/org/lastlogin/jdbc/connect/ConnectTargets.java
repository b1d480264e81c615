package org.lastlogin.jdbc.connect;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Set<Diagnostic> errors = new LinkedHashSet<>();
    List<TargetDraft> drafts =
        connect.servers().stream().map(server -> draft(kind, server, errors)).toList();
    if (!errors.isEmpty()) {
      throw ConfigException.of(errors);
    }
    List<ConnectTarget> targets = kind.targets(drafts);
    // Servers of one connect setting have most of it in common, and one warning for it is enough.
    return new ConnectTargets(
        targets, drafts.stream().flatMap(draft -> draft.warnings().stream()).distinct().toList());
  }

  /** Takes the settings of a server one by one, so that all errors in them are reported. */
  private static TargetDraft draft(TargetKind kind, DatabaseServer server, Set<Diagnostic> errors) {
    TargetDraft draft = new TargetDraft(server);
    for (String name : server.names()) {
      try {
        apply(kind.keywords(), draft, server, name);
      } catch (ConfigException e) {
        errors.addAll(e.diagnostics());
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
      throw draft.failure(name, "Expected name=value: only SQLite's setting has a path");
    } else {
      throw draft.unknown(name, keywords.keySet());
    }
  }
}
