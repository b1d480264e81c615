package org.lastlogin.dictproto.session;

import java.util.concurrent.CompletionStage;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dictproto.DictReply;

/**
 * Takes the replies of a {@link DictSession}: encodes and sends them. It is called on the session's
 * thread alone.
 */
@FunctionalInterface
public interface DictReplySink {

  /**
   * Encodes a reply, and sends it or keeps it until it can be sent.
   *
   * @throws IllegalArgumentException if the reply cannot be encoded; the session sends another then
   */
  void send(DictReply reply);

  /** Returns a stage that completes when the client reads. By default it is complete. */
  default CompletionStage<Void> whenWritable() {
    return RowConsumer.READY;
  }
}
