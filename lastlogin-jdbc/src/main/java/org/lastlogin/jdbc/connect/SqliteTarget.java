package org.lastlogin.jdbc.connect;

import static java.util.Map.entry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.lastlogin.config.ConnectSettings;

/** Translates connect settings for SQLite's driver. */
final class SqliteTarget extends TargetKind {
  private static final Set<String> JOURNAL_MODES = Set.of("wal", "delete");

  private static final Map<String, Keyword> KEYWORDS =
      Map.ofEntries(
          entry(ConnectSettings.PATH, Keyword.used()),
          entry("journal_mode", SqliteTarget::journalMode),
          entry("readonly", SqliteTarget::readOnly));

  SqliteTarget() {
    super(KEYWORDS);
  }

  @Override
  List<ConnectTarget> targets(List<TargetDraft> servers) {
    return servers.stream().map(SqliteTarget::target).toList();
  }

  private static ConnectTarget target(TargetDraft draft) {
    String path =
        draft
            .get(ConnectSettings.PATH)
            .orElseThrow(() -> draft.failure("", "The path of the database's file is missing"));
    draft.setIfAbsent("busy_timeout", "10000");
    if (!draft.isYes("readonly")) {
      // With a journal of its own for writes, readers and the writer do not wait for each other.
      draft.setIfAbsent("journal_mode", "WAL");
    }
    return new ConnectTarget("jdbc:sqlite:" + inUrl(draft, path), draft.properties());
  }

  private static void journalMode(TargetDraft draft, String name, String value) {
    if (!JOURNAL_MODES.contains(value.toLowerCase(Locale.ROOT))) {
      throw draft.unknownValue(name, List.of("wal", "delete"));
    }
    // To change the mode is to write.
    if (!draft.isYes("readonly")) {
      draft.set(name, value.toUpperCase(Locale.ROOT));
    }
  }

  private static void readOnly(TargetDraft draft, String name, String value) {
    if (draft.isYes(name)) {
      draft.set("open_mode", "1"); // SQLITE_OPEN_READONLY
    }
  }

  /**
   * Returns the path as a URL has it. The driver takes the text after a question mark for settings,
   * a password among them.
   */
  private static String inUrl(TargetDraft draft, String path) {
    if (path.startsWith("file:")) {
      if (path.indexOf('?') >= 0) {
        throw draft.failure(
            ConnectSettings.PATH, "Write settings after the URI, not in it: readonly=yes");
      }
      return path;
    }
    String encoded = path.replace("%", "%25").replace("?", "%3F").replace("#", "%23");
    if (encoded.equals(path)) {
      return path;
    }
    return (path.startsWith("/") ? "file://" : "file:") + encoded;
  }
}
