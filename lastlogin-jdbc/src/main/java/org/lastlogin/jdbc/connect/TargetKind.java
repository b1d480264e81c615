package org.lastlogin.jdbc.connect;

import java.util.List;
import java.util.Map;

/** What a JDBC driver makes of connect settings. Implementations are immutable. */
sealed interface TargetKind permits MariaDbTarget, MySqlTarget, PostgreSqlTarget, SqliteTarget {

  /** All names that a setting may have, and what becomes of each. */
  Map<String, Keyword> keywords();

  /**
   * What to connect to.
   *
   * @param servers a draft for each server, to which its keywords have been applied
   * @return in the order in which they are to be tried
   */
  List<ConnectTarget> targets(List<TargetDraft> servers);
}
