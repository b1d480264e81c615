package org.lastlogin.embedding;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;

/**
 * Daemon that answers Dovecot's lookups from a map, with only the codec and {@code java.nio}: one
 * thread with a selector, and a {@link NioConnection} for each client. Thread-safe; one thread runs
 * it.
 *
 * <p>To start it after {@code mvn -DskipTests package}, and to look a key up with Dovecot 2.3's
 * {@code doveadm}, which prints {@code world} (the jar of the other example contains the
 * libraries):
 *
 * <pre>{@code
 * java -cp examples/codec-embedding/target/classes:examples/dict-daemon/target/lastlogin-dictd.jar \
 *   org.lastlogin.embedding.NioDictDaemon /tmp/hello.dict
 * doveadm dict get proxy:/tmp/hello.dict:any shared/hello
 * }</pre>
 */
public final class NioDictDaemon implements Runnable, AutoCloseable {
  private final SocketFile socket;
  private final MapAnswers answers;
  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
  private volatile boolean closing;

  /** Creates a daemon that listens at a Unix socket, and answers once it {@linkplain #run runs}. */
  public NioDictDaemon(Path socket, Map<String, String> values) throws IOException {
    this.answers = new MapAnswers(values);
    this.socket = SocketFile.create(socket, server::bind);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Serves clients until the daemon is closed. */
  @Override
  public synchronized void run() {
    try {
      while (!closing) {
        selector.select(this::serve);
      }
    } catch (IOException e) {
      System.err.println("The daemon stops: " + e);
    }
  }

  private void serve(SelectionKey key) {
    if (key.attachment() instanceof NioConnection connection) {
      connection.serve(key);
      return;
    }
    try {
      SocketChannel client = server.accept();
      if (client == null) {
        return; // The client has already disconnected.
      }
      client.configureBlocking(false);
      client.register(selector, SelectionKey.OP_READ, new NioConnection(client, answers));
    } catch (IOException e) {
      System.err.println("Cannot accept a client: " + e);
    }
  }

  /** Stops {@link #run} and disconnects all clients; further calls have no effect. */
  @Override
  public void close() throws IOException {
    closing = true;
    selector.wakeup();
    // Waits for run() to return, because it accepts clients and uses their keys.
    synchronized (this) {
      if (selector.isOpen()) {
        try {
          socket.remove();
        } finally {
          for (SelectionKey key : selector.keys()) {
            key.channel().close();
          }
          selector.close();
        }
      }
    }
  }

  /** Serves a map of one key at the given socket, until the program is killed. */
  public static void main(String[] args) throws IOException {
    try (var daemon = new NioDictDaemon(Path.of(args[0]), Map.of("shared/hello", "world"))) {
      daemon.run();
    }
  }
}
