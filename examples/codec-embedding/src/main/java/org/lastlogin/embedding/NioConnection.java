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
 * Connection of one client of {@link NioDictDaemon}, which uses the codec. Used only by the
 * selector's thread.
 */
final class NioConnection {
  private final SocketChannel channel;
  private final MapAnswers answers;

  /** Numbers the commands, and checks what each side sends: the codec notes all messages in it. */
  private final DictConversation conversation = DictConversation.ofServer(DictLimits.DEFAULT);

  private final DictCommandDecoder decoder = DictCommandDecoder.create(conversation);

  /** Encodes replies in the client's version, which its HELLO announces. */
  private final DictReplyEncoder encoder = DictReplyEncoder.create(conversation);

  private final ByteBuffer in = ByteBuffer.allocateDirect(16 * 1024);
  private ByteBuffer out = ByteBuffer.allocate(0);

  NioConnection(SocketChannel channel, MapAnswers answers) {
    this.channel = channel;
    this.answers = answers;
  }

  /** Reads or writes what the channel is ready for; closes it at the end or after an error. */
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
      // Does not read from a client with pending answers, so that it cannot fill the memory.
      key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    } catch (IOException | DictProtocolException | IllegalArgumentException e) {
      // IllegalArgumentException: a value that no client could decode.
      System.err.println("Disconnecting a client: " + e.getMessage());
      close();
    }
  }

  private void answer() throws IOException {
    try {
      for (DictCommand command; (command = decoder.next()) != null; ) {
        answer(command);
      }
    } finally {
      // Even after a malformed line, answers the commands before it.
      out = encoder.drain();
      channel.write(out);
    }
  }

  private void answer(DictCommand command) {
    // HELLO is not answered. It names one of a server's dicts; this server has one, by any name.
    if (command.type().answer() != null) {
      long asyncId = conversation.lastAsked();
      // From version 2.1 on, a server first confirms that it has read the command; answers may then
      // come in any order. The encoder omits this for older clients, whose answers come in order.
      encoder.encode(new DictReply.Accepted(asyncId));
      encoder.encode(answers.to(asyncId, command));
    }
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException e) {
      System.err.println("Cannot disconnect a client: " + e);
    }
  }
}
