package org.lastlogin.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dictproto.Capability;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictCommandEncoder;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictReplyDecoder;
import org.lastlogin.dictproto.DictVersion;

/** A connection of a {@link LoadGenerator}, with its unanswered requests. Not thread-safe. */
final class LoadConnection implements AutoCloseable {
  private final SocketChannel channel;
  private final Load load;
  private final DictConversation conversation = DictConversation.ofClient(DictLimits.DEFAULT);
  private final DictReplyDecoder decoder = DictReplyDecoder.create(conversation);
  private final DictCommandEncoder encoder;
  private final Map<Long, Waiting> inFlight = new HashMap<>();
  private long transactions;

  /** A sent request, with its time by {@link System#nanoTime()}. */
  record Waiting(Request request, long since) {}

  private LoadConnection(SocketChannel channel, Load load) {
    this.channel = channel;
    this.load = load;
    this.encoder = DictCommandEncoder.create(conversation, load.version());
  }

  /** Connects; the first request is sent with the HELLO. */
  static LoadConnection open(Load load, Selector selector) throws IOException {
    // Connecting blocks only while the server's accept queue is full.
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(load.socket()));
    LoadConnection connection = new LoadConnection(channel, load);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  /** Buffers a request, which the next {@link #flush} sends. */
  void add(Request request, long now) {
    boolean userPerCommand = load.version().has(Capability.USER_PER_COMMAND);
    if (transactions == 0) {
      hello(userPerCommand ? "" : request.user());
    }
    String spokenUser = userPerCommand ? request.user() : "";
    for (DictCommand command : request.commands(++transactions, spokenUser)) {
      encoder.encode(command);
    }
    inFlight.put(conversation.lastAsked(), new Waiting(request, now));
  }

  private void hello(String user) {
    DictVersion version = load.version();
    encoder.encode(
        new DictCommand.Hello(version.major(), version.minor(), 0, user, load.dictName()));
  }

  /** Sends the buffered requests in one write. */
  void flush() throws IOException {
    ByteBuffer out = encoder.drain();
    channel.write(out);
    if (out.hasRemaining()) {
      throw new IOException("The server does not read");
    }
  }

  /** Reads the available bytes for {@link #nextReply}. */
  void read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      throw new EOFException("The server has closed the connection");
    }
    decoder.feed(buffer.flip());
  }

  /** Returns the next complete reply, or {@code null} if there is none yet. */
  @Nullable DictReply nextReply() {
    return decoder.next();
  }

  /** Returns the request that a reply answers, and removes it if this was its last reply. */
  Waiting waitingFor(DictReply reply) {
    Waiting waiting =
        reply instanceof DictReply.Row
            ? inFlight.get(reply.asyncId())
            : inFlight.remove(reply.asyncId());
    if (waiting == null) {
      throw new IllegalStateException("No request waits for " + reply);
    }
    return waiting;
  }

  /** Returns the number of unanswered requests. */
  int inFlight() {
    return inFlight.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
