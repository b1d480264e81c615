package org.lastlogin.dictproto.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A client for tests that writes and reads lines as they stand on the wire, without any help of the
 * codec. Not safe for use by several threads.
 */
public final class WireClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final SocketChannel channel;
  private final InputStream in;

  private WireClient(SocketChannel channel) {
    this.channel = channel;
    this.in = Channels.newInputStream(channel);
  }

  /** Connects to a Unix socket. */
  public static WireClient connect(Path socket) throws IOException {
    return new WireClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  /** Connects to a TCP port. */
  public static WireClient connect(InetSocketAddress address) throws IOException {
    return new WireClient(SocketChannel.open(address));
  }

  /** Sends lines, each with its LF; the text is written as UTF-8. */
  public WireClient send(String... lines) throws IOException {
    return sendBytes((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Sends bytes as they are. */
  public WireClient sendBytes(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return this;
  }

  /** The next line without its LF, or {@code null} if the server closed the connection. */
  public String readLine() throws IOException {
    CompletableFuture<String> line = CompletableFuture.supplyAsync(this::readLineUnchecked);
    try {
      return line.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("The server sent no line within " + PATIENCE);
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    }
  }

  private String readLineUnchecked() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int b;
      while ((b = in.read()) != '\n') {
        if (b < 0) {
          return line.size() == 0
              ? null
              : line.toString(StandardCharsets.UTF_8) + "<end of stream>";
        }
        line.write(b);
      }
    } catch (IOException reset) {
      // A server that closes before it has read everything resets the connection: the end, too.
      return null;
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** The next line without the four times that end a final reply. */
  public String readReply() throws IOException {
    return withoutTimes(readLine());
  }

  /** A line without the four times that end a final reply. */
  public static String withoutTimes(String line) {
    return line == null ? null : line.replaceFirst("(\t\\d+){4}$", "");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
