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

/** One client among those of a {@link LoadGenerator}, and what it waits for. */
final class LoadConnection implements AutoCloseable {
  private final SocketChannel channel;
  private final Load load;
  private final DictConversation conversation = DictConversation.ofClient(DictLimits.DEFAULT);
  private final DictReplyDecoder decoder = DictReplyDecoder.create(conversation);
  private final DictCommandEncoder encoder;
  private final Map<Long, Waiting> inFlight = new HashMap<>();
  private long transactions;

  /** A request that was sent, and when, by {@link System#nanoTime()}. */
  record Waiting(Request request, long since) {}

  private LoadConnection(SocketChannel channel, Load load) {
    this.channel = channel;
    this.load = load;
    this.encoder = DictCommandEncoder.create(conversation, load.version());
  }

  /** Connects; the HELLO goes out with the first request. */
  static LoadConnection open(Load load, Selector selector) throws IOException {
    // Connecting waits only while the server's queue of new connections is full.
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(load.socket()));
    LoadConnection connection = new LoadConnection(channel, load);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  /** Prepares a request that is sent with the next {@link #flush}. */
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

  /** Sends what was prepared, in one go. */
  void flush() throws IOException {
    ByteBuffer out = encoder.drain();
    channel.write(out);
    if (out.hasRemaining()) {
      throw new IOException("The server does not read");
    }
  }

  /** Takes what has arrived, by way of a buffer, for {@link #nextReply}. */
  void read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      throw new EOFException("The server has closed the connection");
    }
    decoder.feed(buffer.flip());
  }

  /** The next reply that has arrived whole, or {@code null} if there is none yet. */
  @Nullable DictReply nextReply() {
    return decoder.next();
  }

  /** What a reply is for; it is forgotten if that was its last one. */
  Waiting waitingFor(DictReply reply) {
    Waiting waiting =
        reply instanceof DictReply.Row
            ? inFlight.get(reply.asyncId())
            : inFlight.remove(reply.asyncId());
    if (waiting == null) {
      throw new IllegalStateException("Nothing waits for " + reply);
    }
    return waiting;
  }

  /** How many requests are not answered yet. */
  int inFlight() {
    return inFlight.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
