package org.lastlogin.dictproto.testing;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Plays the server of transcripts at a Unix socket: takes one connection after the other, notes the
 * lines that a client sends, and answers as the transcript does. Not safe for use by several
 * threads.
 */
public final class TranscriptServer implements AutoCloseable {
  private final ServerSocketChannel listening;

  private TranscriptServer(ServerSocketChannel listening) {
    this.listening = listening;
  }

  /** Listens at a path. */
  public static TranscriptServer at(Path socket) throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(socket));
    return new TranscriptServer(listening);
  }

  /**
   * Plays one connection of a transcript: reads as many lines as its client sent, answers, and
   * closes.
   *
   * @param executor waits for the client
   * @return the lines that the client sent, even if it closed the connection early
   */
  public CompletableFuture<List<String>> play(Transcript.Connection connection, Executor executor) {
    return CompletableFuture.supplyAsync(() -> playNow(connection), executor);
  }

  private List<String> playNow(Transcript.Connection connection) {
    try (SocketChannel client = listening.accept()) {
      List<String> lines = new ArrayList<>();
      StringBuilder bytes = new StringBuilder();
      // One character for each byte, so that nothing is lost whatever they are.
      var in = Channels.newInputStream(client);
      while (lines.size() < connection.sent().size()) {
        int b = in.read();
        if (b < 0) {
          break;
        }
        if (b == '\n') {
          lines.add(utf8(bytes.toString()));
          bytes.setLength(0);
        } else {
          bytes.append((char) b);
        }
      }
      var out = Channels.newOutputStream(client);
      for (String line : connection.answered()) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return lines;
    } catch (IOException e) {
      throw new IllegalStateException("The transcript could not be played", e);
    }
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
