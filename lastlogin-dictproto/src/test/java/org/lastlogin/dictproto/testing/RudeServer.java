package org.lastlogin.dictproto.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that does the same to every client, whatever the protocol requires, and then reads until
 * the client disconnects: for tests of clients with hostile servers. Safe for use by any number of
 * threads.
 */
public final class RudeServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RudeServer.class);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final ServerSocketChannel listening;
  private final Deed deed;

  private RudeServer(ServerSocketChannel listening, Deed deed) {
    this.listening = listening;
    this.deed = deed;
  }

  /** What is done to a client. */
  public interface Deed {
    /** Does it; each connection has its own thread. */
    void to(SocketChannel client) throws IOException;

    /** Waits for the client's first command, and then sends these bytes. */
    static Deed answer(byte[] bytes) {
      return client -> {
        awaitQuestion(client);
        write(client, bytes);
      };
    }

    /** Waits for the client's first command, and then sends this text in UTF-8. */
    static Deed answer(String text) {
      return answer(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Listens at a path. */
  public static RudeServer at(Path socket, Deed deed) throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return start(listening.bind(UnixDomainSocketAddress.of(socket)), deed);
  }

  /** Listens at a free TCP port of the loopback address. */
  public static RudeServer onLoopback(Deed deed) throws IOException {
    SocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return start(ServerSocketChannel.open().bind(anyPort), deed);
  }

  private static RudeServer start(ServerSocketChannel listening, Deed deed) {
    RudeServer server = new RudeServer(listening, deed);
    server.threads.execute(server::accept);
    return server;
  }

  /** Returns the address at which it listens, if that is a TCP port. */
  public InetSocketAddress tcpAddress() throws IOException {
    return (InetSocketAddress) listening.getLocalAddress();
  }

  /** Returns how many clients are connected. */
  public int connections() {
    return open.size();
  }

  /** Writes bytes, all of them. */
  public static void write(SocketChannel client, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      client.write(buffer);
    }
  }

  /** Reads HELLO and one line more. */
  public static void awaitQuestion(SocketChannel client) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(1);
    for (int lines = 0; lines < 2 && client.read(in.clear()) > 0; ) {
      lines += in.get(0) == '\n' ? 1 : 0;
    }
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = listening.accept();
        open.add(client);
        threads.execute(() -> treat(client));
      }
    } catch (IOException e) {
      log.debug("no more connections: {}", e.toString());
    }
  }

  private void treat(SocketChannel client) {
    try (client) {
      deed.to(client);
      ByteBuffer in = ByteBuffer.allocate(8 * 1024);
      while (client.isOpen() && client.read(in.clear()) >= 0) {
        // Until the client has had enough.
      }
    } catch (IOException e) {
      log.debug("a connection ended: {}", e.toString());
    } finally {
      open.remove(client);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (SocketChannel client : open) {
      client.close();
    }
    threads.shutdownNow();
  }
}
