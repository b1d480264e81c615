package org.lastlogin.benchmarks.load;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;

/**
 * When has a mailbox last been logged in to, which has a time? Immutable.
 *
 * @param user whose login
 * @param key the key of that
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
