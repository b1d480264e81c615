package com.example.dictproto;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.lastlogin.InMemoryLastLoginStore;
import org.lastlogin.LastLoginDict;
import org.lastlogin.LoginEvent;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictCommandDecoder;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReplyEncoder;
import org.lastlogin.dictproto.session.DictSession;

/** Answers a lookup with the codec and the session alone, without Netty. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    InMemoryLastLoginStore store = new InMemoryLastLoginStore();
    store.record(LoginEvent.of("imap", "alice@example.com", Instant.ofEpochSecond(1_767_225_600)));
    LastLoginDict dict = LastLoginDict.create(store, Runnable::run);

    DictConversation conversation = DictConversation.ofServer(DictLimits.DEFAULT);
    DictCommandDecoder decoder = DictCommandDecoder.create(conversation);
    DictReplyEncoder encoder = DictReplyEncoder.create(conversation);
    DictSession session =
        DictSession.create(
            "client", Map.of("lastlogin", dict), conversation, encoder::encode, Runnable::run);
    decoder.feed(
        "H2\t2\t0\t\tlastlogin\nLshared/last-login/imap/alice@example.com/example.com\n"
            .getBytes(StandardCharsets.UTF_8));
    for (DictCommand command; (command = decoder.next()) != null; ) {
      session.receive(command);
    }
    String sent = StandardCharsets.UTF_8.decode(encoder.drain()).toString();
    if (!sent.contains("O1767225600")) {
      throw new AssertionError("Not the answer to the lookup: " + sent);
    }
  }
}
