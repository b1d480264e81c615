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
 * A daemon that answers Dovecot's lookups from a map, with the codec and {@code java.nio} alone:
 * one thread and a selector, a {@link NioConnection} for each client. Safe for use by any number of
 * threads, of which one runs it.
 *
 * <p>To start it after {@code mvn -DskipTests package}, and to ask it with Dovecot 2.3's {@code
 * doveadm}, which prints {@code world} (the jar of the other example brings the libraries along):
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

  /** A daemon that listens at a Unix socket; it answers as soon as it {@linkplain #run runs}. */
  public NioDictDaemon(Path socket, Map<String, String> values) throws IOException {
    this.answers = new MapAnswers(values);
    this.socket = SocketFile.create(socket, server::bind);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Serves clients until it is closed. */
  @Override
  public synchronized void run() {
    try {
      while (!closing) {
        selector.select(this::serve);
      }
    } catch (IOException e) {
      System.err.println("The daemon ends: " + e);
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
        return; // It has left already.
      }
      client.configureBlocking(false);
      client.register(selector, SelectionKey.OP_READ, new NioConnection(client, answers));
    } catch (IOException e) {
      System.err.println("A client could not connect: " + e);
    }
  }

  /** Disconnects all clients once it runs no more; does nothing the second time. */
  @Override
  public void close() throws IOException {
    closing = true;
    selector.wakeup();
    // Not while it runs: the selector's thread still accepts clients and uses their keys.
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

  /** Serves a map of one key at the socket that is named, until the program is killed. */
  public static void main(String[] args) throws IOException {
    try (var daemon = new NioDictDaemon(Path.of(args[0]), Map.of("shared/hello", "world"))) {
      daemon.run();
    }
  }
}
