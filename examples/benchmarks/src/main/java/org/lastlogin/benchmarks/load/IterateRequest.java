package org.lastlogin.benchmarks.load;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;

/** Iterates the last logins of a domain, all of whose mailboxes have one. Not thread-safe. */
final class IterateRequest implements Request {
  private final String path;
  private final int rowsExpected;
  private int rows;

  IterateRequest(String path, int rowsExpected) {
    this.path = path;
    this.rowsExpected = rowsExpected;
  }

  @Override
  public String user() {
    return "";
  }

  @Override
  public List<DictCommand> commands(long transaction, String spokenUser) {
    return List.of(new DictCommand.Iterate(Set.of(), 0, List.of(path), spokenUser));
  }

  @Override
  public @Nullable String objection(DictReply reply) {
    if (reply instanceof DictReply.Row) {
      rows++;
      return null;
    }
    if (reply instanceof DictReply.EndOfRows) {
      return rows == rowsExpected ? null : path + ": " + rows + " rows, not " + rowsExpected;
    }
    return path + ": " + reply;
  }
}
