package org.lastlogin.dictproto.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client for tests that writes and reads lines as they are on the wire, without the codec. Not
 * safe for use by several threads.
 */
public final class WireClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(40);

  private static final int BUFFER = 8 * 1024;
  private static final ScheduledExecutorService WATCHDOG =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "wire-client-watchdog");
            thread.setDaemon(true);
            return thread;
          });

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER).flip();

  private WireClient(SocketChannel channel) {
    this.channel = channel;
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

  /** Shuts the sending side down. */
  public WireClient endInput() throws IOException {
    channel.shutdownOutput();
    return this;
  }

  /** Returns the next line without its LF, or {@code null} if the server closed the connection. */
  public String readLine() throws IOException {
    // A Unix socket has no time-out of its own.
    ScheduledFuture<?> guard =
        WATCHDOG.schedule(this::giveUp, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      while (fill()) {
        byte b = in.get();
        if (b == '\n') {
          return StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(line.toByteArray()))
              .toString();
        }
        line.write(b);
      }
      return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8) + "<end of stream>";
    } catch (AsynchronousCloseException e) {
      SocketTimeoutException timeout =
          new SocketTimeoutException("The server sent no line within " + TIMEOUT);
      timeout.initCause(e);
      throw timeout;
    } finally {
      guard.cancel(false);
    }
  }

  private boolean fill() throws IOException {
    if (in.hasRemaining()) {
      return true;
    }
    in.clear();
    try {
      return channel.read(in) > 0;
    } catch (AsynchronousCloseException e) {
      throw e;
    } catch (IOException reset) {
      // A server that closes before it has read everything resets the connection, which also ends
      // it.
      return false;
    } finally {
      in.flip();
    }
  }

  private void giveUp() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the next line without the four times that end a final reply. */
  public String readReply() throws IOException {
    return withoutTimes(readLine());
  }

  /** Returns a line without the four times that end a final reply. */
  public static String withoutTimes(String line) {
    return line == null ? null : line.replaceFirst("(\t\\d+){4}$", "");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
