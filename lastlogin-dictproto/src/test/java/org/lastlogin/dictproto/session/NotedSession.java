package org.lastlogin.dictproto.session;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictVersion;

/** A session without a codec: commands and replies are noted here, as a codec would do it. */
final class NotedSession {
  private final DictConversation conversation;
  private final DictSession session;

  NotedSession(DictSessionSettings settings, DictLimits limits, DictReplySink replies) {
    this.conversation = DictConversation.ofServer(limits);
    this.session =
        DictSession.create("test", settings, conversation, noting(replies), Runnable::run);
  }

  private DictReplySink noting(DictReplySink replies) {
    return new DictReplySink() {
      @Override
      public void send(DictReply reply) {
        replies.send(reply);
        conversation.reply(reply);
      }

      @Override
      public CompletionStage<Void> whenWritable() {
        return replies.whenWritable();
      }
    };
  }

  void receive(DictCommand command) {
    conversation.command(command);
    session.receive(command);
  }

  @Nullable DictVersion version() {
    return session.version();
  }

  int pending() {
    return session.pending();
  }

  boolean canReceive() {
    return session.canReceive();
  }

  void expire(long nowNanos) {
    session.expire(nowNanos);
  }

  void giveUpAll(String reason) {
    session.giveUpAll(reason);
  }

  void end() {
    session.end();
  }
}
