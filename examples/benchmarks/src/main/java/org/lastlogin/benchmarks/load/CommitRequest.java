package org.lastlogin.benchmarks.load;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.TransactionCommand;

/**
 * A login, as Dovecot's last_login plugin writes it. Immutable.
 *
 * @param user who has logged in
 * @param key the key of that
 * @param time when, in seconds since 1970
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
