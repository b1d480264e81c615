package org.lastlogin.benchmarks.load;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;

/**
 * Looks up the last login of a mailbox that has one. Immutable.
 *
 * @param user the user of the mailbox
 * @param key the key of the login
 */
record LookupRequest(String user, String key) implements Request {

  @Override
  public List<DictCommand> commands(long transaction, String spokenUser) {
    return List.of(new DictCommand.Lookup(key, spokenUser));
  }

  @Override
  public @Nullable String objection(DictReply reply) {
    boolean hasTime =
        reply instanceof DictReply.Found found
            && found.values().size() == 1
            && !found.values().get(0).isEmpty();
    return hasTime ? null : key + ": " + reply;
  }
}
