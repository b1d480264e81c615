package org.lastlogin.dictd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/**
 * Forwards a TCP port to another one, so that a test can make a server reachable or not.
 * Thread-safe.
 */
final class PortForward implements AutoCloseable {
  private final ServerSocket listening;
  private final String host;
  private final int port;

  private PortForward(ServerSocket listening, String host, int port) {
    this.listening = listening;
    this.host = host;
    this.port = port;
  }

  /** Starts to forward a loopback port to a server. */
  static PortForward start(int from, String host, int port) throws IOException {
    PortForward forward =
        new PortForward(new ServerSocket(from, 50, InetAddress.getLoopbackAddress()), host, port);
    daemon(forward::accept);
    return forward;
  }

  boolean isOpen() {
    return !listening.isClosed();
  }

  private void accept() {
    while (isOpen()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(host, port);
        daemon(() -> copy(client, server));
        daemon(() -> copy(server, client));
      } catch (SocketException closed) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Copies until either side closes or breaks, and then closes both, like a broken network. */
  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException cut) {
      System.err.println("port-forward: " + cut.getMessage());
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "port-forward");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
