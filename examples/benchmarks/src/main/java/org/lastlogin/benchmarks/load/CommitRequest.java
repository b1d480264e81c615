package org.lastlogin.benchmarks.load;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.TransactionCommand;

/**
 * Writes a login as Dovecot's last_login plugin does. Immutable.
 *
 * @param user the user who has logged in
 * @param key the key of the login
 * @param time the time of the login, in seconds since 1970
 */
record CommitRequest(String user, String key, long time) implements Request {

  @Override
  public List<DictCommand> commands(long transaction, String spokenUser) {
    return List.of(
        new TransactionCommand.Begin(transaction, spokenUser, 0),
        new TransactionCommand.Set(transaction, key, Long.toString(time)),
        new TransactionCommand.Commit(transaction));
  }

  @Override
  public @Nullable String objection(DictReply reply) {
    return reply instanceof DictReply.Committed committed
            && committed.outcome() == DictReply.CommitOutcome.COMMITTED
        ? null
        : reply.toString();
  }
}
