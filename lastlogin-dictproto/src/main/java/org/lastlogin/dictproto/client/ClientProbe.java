package org.lastlogin.dictproto.client;

import java.util.function.Consumer;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.TransactionCommand;

/**
 * Finds out whether a server accepts the version of HELLO. A server never answers HELLO, but it
 * answers this empty transaction, which changes nothing and is not logged (tried with Dovecot
 * 2.3.13, 2.3.19 and 2.4.1).
 */
final class ClientProbe extends ClientCall<DictReply> {

  ClientProbe() {
    super(DictContext.NO_USER);
  }

  @Override
  boolean needsUser() {
    return false;
  }

  @Override
  void commands(DictVersion version, long transaction, Consumer<DictCommand> out) {
    out.accept(new TransactionCommand.Begin(transaction, "", 0));
    out.accept(new TransactionCommand.Commit(transaction));
  }

  @Override
  void reply(DictReply reply) {
    succeed(reply);
  }

  @Override
  boolean isRepeatable() {
    return false;
  }
}
