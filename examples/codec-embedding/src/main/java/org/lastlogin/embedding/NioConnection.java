package org.lastlogin.embedding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictCommandDecoder;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictProtocolException;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictReplyEncoder;

/**
 * One client of {@link NioDictDaemon}: here the codec is at work. For use by the selector's thread
 * alone.
 */
final class NioConnection {
  private final SocketChannel channel;
  private final MapAnswers answers;

  /** Numbers the commands, and knows which messages are allowed: the codec notes all of them. */
  private final DictConversation conversation = DictConversation.ofServer(DictLimits.DEFAULT);

  private final DictCommandDecoder decoder = DictCommandDecoder.create(conversation);

  /** Encodes replies in the version that the client's HELLO announces. */
  private final DictReplyEncoder encoder = DictReplyEncoder.create(conversation);

  private final ByteBuffer in = ByteBuffer.allocateDirect(16 * 1024);
  private ByteBuffer out = ByteBuffer.allocate(0);

  NioConnection(SocketChannel channel, MapAnswers answers) {
    this.channel = channel;
    this.answers = answers;
  }

  /** Goes on with what the channel is ready for; closes it when the client is done, or wrong. */
  void serve(SelectionKey key) {
    try {
      if (out.hasRemaining()) {
        channel.write(out);
      } else if (channel.read(in.clear()) < 0) {
        channel.close();
        return;
      } else {
        decoder.feed(in.flip());
        answer();
      }
      // A client that does not take its answers is not read from: it cannot fill the memory.
      key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    } catch (IOException | DictProtocolException | IllegalArgumentException e) {
      // The last: a value that no client could read.
      System.err.println("A client is disconnected: " + e.getMessage());
      close();
    }
  }

  private void answer() throws IOException {
    try {
      for (DictCommand command; (command = decoder.next()) != null; ) {
        answer(command);
      }
    } finally {
      // Even after a malformed line: commands before it are still answered.
      out = encoder.drain();
      channel.write(out);
    }
  }

  private void answer(DictCommand command) {
    // HELLO is not answered. It names one of a server's dicts; here is but one, by any name.
    if (command.type().answer() != null) {
      long asyncId = conversation.lastAsked();
      // From version 2.1 on a client must first hear that its command was read; answers may then
      // come in any order. The encoder leaves this out for older clients, who get them in order.
      encoder.encode(new DictReply.Accepted(asyncId));
      encoder.encode(answers.to(asyncId, command));
    }
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException e) {
      System.err.println("A client could not be disconnected: " + e);
    }
  }
}
