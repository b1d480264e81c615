package org.lastlogin.dictproto.testing;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proxy between a client and a real server that passes lines, and can refuse or change HELLOs and
 * close connections: for tests of clients with failing servers and connections. Safe for use by any
 * number of threads.
 */
public final class Interceptor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Interceptor.class);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ServerSocketChannel listening;
  private final Path server;
  private final UnaryOperator<String> hello;
  private final List<String> hellos = new CopyOnWriteArrayList<>();
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
  private volatile String cutBefore;
  private volatile boolean once;

  private Interceptor(ServerSocketChannel listening, Path server, UnaryOperator<String> hello) {
    this.listening = listening;
    this.server = server;
    this.hello = hello;
  }

  /**
   * Listens at a path.
   *
   * @param server the path of the server's socket
   * @param hello replaces a client's HELLO; {@code null} closes the connection instead
   */
  public static Interceptor at(Path socket, Path server, UnaryOperator<String> hello)
      throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(socket));
    Interceptor interceptor = new Interceptor(listening, server, hello);
    interceptor.threads.execute(interceptor::accept);
    return interceptor;
  }

  /** Returns the HELLOs so far, as the clients sent them. */
  public List<String> hellos() {
    return List.copyOf(hellos);
  }

  /** From now on closes a connection instead of passing a server's line that begins so. */
  public void cutBefore(String reply) {
    cutBefore = reply;
  }

  /** Closes one connection instead of passing a server's line that begins so. */
  public void cutOnceBefore(String reply) {
    once = true;
    cutBefore = reply;
  }

  /** Closes all connections that are open. */
  public void cutAll() throws IOException {
    for (SocketChannel channel : open) {
      channel.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = listening.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      log.debug("no more connections: {}", e.toString());
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        SocketChannel upstream = SocketChannel.open(UnixDomainSocketAddress.of(server))) {
      open.add(upstream);
      Lines in = new Lines(client);
      String said = in.next();
      String passed = said == null ? null : hello.apply(said);
      if (said != null) {
        hellos.add(said);
      }
      if (passed == null) {
        return;
      }
      write(upstream, passed);
      threads.execute(() -> passReplies(upstream, client));
      for (String line = in.next(); line != null; line = in.next()) {
        write(upstream, line);
      }
    } catch (IOException e) {
      log.debug("a connection ended: {}", e.toString());
    }
  }

  private void passReplies(SocketChannel upstream, SocketChannel client) {
    try (upstream;
        client) {
      Lines in = new Lines(upstream);
      for (String line = in.next(); line != null; line = in.next()) {
        String cut = cutBefore;
        if (cut != null && line.startsWith(cut)) {
          if (once) {
            cutBefore = null;
          }
          return;
        }
        write(client, line);
      }
    } catch (IOException e) {
      log.debug("a connection ended: {}", e.toString());
    }
  }

  /** Lines are handled with one character for each byte, so that nothing is lost. */
  private static void write(SocketChannel channel, String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Reads lines from a channel. It does not use the streams of {@code Channels}, where a read
   * blocks the writes of other threads.
   */
  private static final class Lines {
    private final SocketChannel channel;
    private final ByteBuffer read = ByteBuffer.allocate(8 * 1024).flip();

    Lines(SocketChannel channel) {
      this.channel = channel;
    }

    /** Returns the next line without its LF, or {@code null} at the end. */
    String next() throws IOException {
      StringBuilder line = new StringBuilder();
      while (true) {
        if (!read.hasRemaining()) {
          int count = channel.read(read.clear());
          read.flip();
          if (count < 0) {
            return null;
          }
        }
        char c = (char) (read.get() & 0xFF);
        if (c == '\n') {
          return line.toString();
        }
        line.append(c);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cutAll();
    threads.shutdownNow();
  }
}
