package org.lastlogin.dictproto.client;

import java.util.function.Consumer;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictScope;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictVersion;

/** A lookup of one key. */
final class ClientLookup extends ClientCall<LookupResult> {
  private final String key;

  ClientLookup(String key, DictContext context) {
    super(context);
    this.key = key;
  }

  @Override
  boolean needsUser() {
    return DictScope.of(key) == DictScope.PRIVATE;
  }

  @Override
  void commands(DictVersion version, long transaction, Consumer<DictCommand> out) {
    out.accept(new DictCommand.Lookup(key, commandUser(version)));
  }

  @Override
  void reply(DictReply reply) {
    if (reply instanceof DictReply.Found found) {
      succeed(LookupResult.found(found.values()));
    } else if (reply instanceof DictReply.Failed failed) {
      fail(failure(failed.error()));
    } else {
      succeed(LookupResult.notFound());
    }
  }

  @Override
  boolean isRepeatable() {
    return true;
  }
}
