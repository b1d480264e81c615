package org.lastlogin.dictd;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictIteration.Flag;

/**
 * Expected rows of an iteration of the shared maps, read from the tables and selected here, not by
 * the database, by the prefix of their keys.
 */
final class ExpectedRows {
  private static final List<Table> TABLES =
      List.of(
          new Table("shared/last-login/imap/", 2, "SELECT username, domain, imap FROM last_login"),
          new Table("shared/last-login/pop3/", 2, "SELECT username, domain, pop3 FROM last_login"),
          new Table("shared/last-login/lda/", 2, "SELECT username, domain, lda FROM last_login"),
          new Table("shared/last-login/lmtp/", 2, "SELECT username, domain, lda FROM last_login"),
          new Table("shared/pair/", 1, "SELECT k, v1, v2 FROM pair"),
          new Table("shared/tree/", 2, "SELECT a, b, v FROM tree"),
          new Table("shared/blob/", 1, "SELECT LOWER(HEX(id)), LOWER(HEX(v)) FROM blobs"));

  private ExpectedRows() {}

  /** A map: its keys' prefix, the number of variables, and its columns, those of keys first. */
  private record Table(String prefix, int variables, String sql) {

    /** Returns the number of variables that a path completes; negative if it ends before them. */
    int bound(String path) {
      if (!path.startsWith(prefix)) {
        return prefix.startsWith(path) ? 0 : -1;
      }
      return variables == 2 && path.indexOf('/', prefix.length()) >= 0 ? 1 : 0;
    }
  }

  /** Returns keys and values in no order; ignores the limit of an iteration. */
  static List<List<String>> of(DictPeer peer, DictIteration iteration) throws SQLException {
    List<List<String>> expected = new ArrayList<>();
    if (iteration.path().endsWith("/")) {
      for (Table table : TABLES) {
        int bound = table.bound(iteration.path());
        boolean deep = bound + 1 < table.variables || !iteration.path().startsWith(table.prefix);
        if (bound >= 0 && (iteration.has(Flag.RECURSE) || !deep)) {
          add(expected, peer, table, bound, iteration);
        }
      }
    }
    return expected;
  }

  private static void add(
      List<List<String>> expected, DictPeer peer, Table table, int bound, DictIteration iteration)
      throws SQLException {
    String path = iteration.path();
    for (List<String> row : rows(peer, table, bound, path)) {
      String key = table.prefix + String.join("/", row.subList(0, table.variables));
      boolean below = key.startsWith(path);
      if (below && (iteration.has(Flag.RECURSE) || key.indexOf('/', path.length()) < 0)) {
        List<String> texts = new ArrayList<>(List.of(key));
        if (!iteration.has(Flag.NO_VALUES)) {
          texts.addAll(row.subList(table.variables, row.size()));
        }
        expected.add(texts);
      }
    }
  }

  /** The collation decides which texts are equal; keys are then spelt as in the path. */
  private static List<List<String>> rows(DictPeer peer, Table table, int bound, String path)
      throws SQLException {
    if (bound == 0) {
      return peer.query(table.sql);
    }
    int end = path.indexOf('/', table.prefix.length());
    String text = path.substring(table.prefix.length(), end);
    String column = table.sql.substring("SELECT ".length(), table.sql.indexOf(','));
    List<List<String>> rows = peer.query(table.sql + " WHERE " + column + " = ?", text);
    rows.forEach(row -> row.set(0, text));
    return rows;
  }
}
