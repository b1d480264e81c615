package org.lastlogin.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client that sends given lines, with little overhead of its own. Not thread-safe. */
final class WireConnection implements AutoCloseable {
  /** Longer than any answer here: even a failure's text ends after 300 characters. */
  private static final int BUFFER = 1024;

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER);

  private WireConnection(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects to a Unix socket. */
  static WireConnection open(Path socket) throws IOException {
    return new WireConnection(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  /** Sends lines without an answer, or whose answer is never read. */
  void send(byte[] lines) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(lines);
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  /**
   * Sends lines, and waits for the answer to the last one, which must be a LOOKUP or COMMIT and the
   * only one without an answer.
   *
   * @throws IOException if the answer is a failure, or the connection ends
   */
  void ask(byte[] lines) throws IOException {
    send(lines);
    in.clear();
    // First *1: the command was read; then +1 and the result.
    for (int ends = 0; ends < 2; ) {
      int from = in.position();
      if (channel.read(in) < 0) {
        throw new EOFException("The server has closed the connection");
      }
      for (int i = from; i < in.position(); i++) {
        ends += in.get(i) == '\n' ? 1 : 0;
      }
    }
    String answer = StandardCharsets.UTF_8.decode(in.flip()).toString();
    if (answer.charAt(answer.indexOf('\t') + 1) != 'O') {
      throw new IOException("The server has answered: " + answer);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
