package org.lastlogin.jdbc.connect;

import java.util.List;
import java.util.Map;

/** Translates connect settings into the targets of a JDBC driver. Immutable. */
abstract sealed class TargetKind permits MySqlFamily, PostgreSqlTarget, SqliteTarget {
  private final Map<String, Keyword> keywords;

  TargetKind(Map<String, Keyword> keywords) {
    this.keywords = keywords;
  }

  /** Returns all names that a setting may have, and the meaning of each. */
  final Map<String, Keyword> keywords() {
    return keywords;
  }

  /**
   * Returns the targets to connect to, in the order in which they are tried.
   *
   * @param servers a draft for each server, to which its keywords have been applied
   */
  abstract List<ConnectTarget> targets(List<TargetDraft> servers);
}
