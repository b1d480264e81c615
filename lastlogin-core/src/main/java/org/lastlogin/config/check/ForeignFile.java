package org.lastlogin.config.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.Node;
import org.lastlogin.config.source.Node.Setting;
import org.lastlogin.config.source.SourceFile;
import org.lastlogin.config.source.Span;

/**
 * Recognises files that are not configurations of dicts at all, so that one message says it instead
 * of one for each of their lines.
 */
public final class ForeignFile {
  /** How much of a file is looked at. */
  private static final int MAX_START = 8192;

  private static final Pattern SQL =
      Pattern.compile(
          "^[ \\t]*+((?:CREATE|DROP|ALTER|LOCK)\\s++TABLE|INSERT\\s++INTO|CREATE\\s++DATABASE)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  /** The settings of passdb and userdb, whose file looks the same at first. */
  private static final Set<String> OF_PASSDB =
      Set.of("password_query", "user_query", "iterate_query", "default_pass_scheme");

  private static final String WANTED =
      "Expected is the file that is named in dict { NAME = DRIVER:FILE } of dovecot.conf; it holds"
          + " sections map.";

  private ForeignFile() {}

  /** Reports a text that is not a configuration; returns whether it did. */
  public static boolean isReported(SourceFile source, Diagnostics diagnostics) {
    String start = source.text().substring(0, Math.min(MAX_START, source.text().length()));
    int nul = start.indexOf('\0');
    if (nul >= 0) {
      Span span = new Span(source, nul, nul + 1);
      hideLine(span);
      diagnostics.error(span, "This is not a text file: there is a NUL in it", WANTED);
      return true;
    }
    Matcher sql = SQL.matcher(start);
    if (sql.find()) {
      Span span = new Span(source, sql.start(1), sql.end());
      new Span(source, sql.end(), source.endOfLine(sql.end())).hide();
      diagnostics.error(
          span, "This file holds statements of SQL, not dict maps", WANTED, "Expecting '='");
      return true;
    }
    return false;
  }

  /** Any part of it may be a secret. */
  private static void hideLine(Span span) {
    int line = span.source().startOfLine(span.start());
    new Span(span.source(), line, span.source().endOfLine(line)).hide();
  }

  /** Reports the configuration of a passdb or userdb; returns whether it is one. */
  public static boolean isReported(List<Node> nodes, Diagnostics diagnostics) {
    Optional<Setting> found =
        nodes.stream()
            .filter(Setting.class::isInstance)
            .map(Setting.class::cast)
            .filter(setting -> OF_PASSDB.contains(setting.name().string()))
            .findFirst();
    if (found.isEmpty() || nodes.stream().anyMatch(Node.Section.class::isInstance)) {
      return false;
    }
    Setting setting = found.get();
    setting.value().span().hide();
    diagnostics.error(
        setting.span(),
        "This is the configuration of a SQL passdb or userdb, not of dict maps",
        WANTED,
        "Unknown setting: " + setting.name().string());
    return true;
  }
}
