package org.lastlogin.dictproto.session;

import java.util.concurrent.CompletionStage;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dictproto.DictReply;

/**
 * Takes the replies of a {@link DictSession} to where they belong. It is called on the session's
 * thread alone.
 */
@FunctionalInterface
public interface DictReplySink {

  /** Sends a reply, or keeps it until it can be sent. */
  void send(DictReply reply);

  /** Completes when the peer has room for more rows of an iteration. By default it always has. */
  default CompletionStage<Void> whenWritable() {
    return RowConsumer.READY;
  }
}
