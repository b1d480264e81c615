package org.lastlogin.jdbc.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server in a database's place that records all that clients send. Connections are served one
 * after the other, in a thread of its own. Safe for use by any number of threads.
 */
public final class RogueServer implements AutoCloseable {
  /** The conversation over one connection. */
  @FunctionalInterface
  public interface Protocol {
    /** Serves a client until it leaves, or there is nothing more to ask for. */
    void speak(Client client) throws IOException, GeneralSecurityException;
  }

  private final ServerSocketChannel server;
  private final Protocol protocol;
  private final SSLContext tls;
  private final AtomicInteger clients = new AtomicInteger();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  private RogueServer(ServerSocketChannel server, Protocol protocol) throws Exception {
    this.server = server;
    this.protocol = protocol;
    this.tls = TestCertificate.serverContext();
    Thread thread = new Thread(this::serve, "rogue server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts one at a port of loopback. */
  public static RogueServer start(Protocol protocol) throws Exception {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return new RogueServer(server, protocol);
  }

  /** Starts one at a Unix socket. */
  public static RogueServer startAt(Path socket, Protocol protocol) throws Exception {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    return new RogueServer(server, protocol);
  }

  /** The TCP port. */
  public String port() throws IOException {
    return Integer.toString(((InetSocketAddress) server.getLocalAddress()).getPort());
  }

  /** How many clients it has had. */
  public int clients() {
    return clients.get();
  }

  /** All that clients sent so far, without the encryption, as ISO 8859-1. */
  public String received() {
    return received.toString(StandardCharsets.ISO_8859_1);
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel channel = server.accept()) {
        clients.incrementAndGet();
        protocol.speak(new Client(channel));
      } catch (IOException | GeneralSecurityException e) {
        // The client has left, as it should, or the test has ended.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** The other end of a connection. Not safe for use by several threads. */
  public final class Client {
    private final SocketChannel channel;
    private InputStream in;
    private OutputStream out;

    private Client(SocketChannel channel) {
      this.channel = channel;
      this.in = Channels.newInputStream(channel);
      this.out = Channels.newOutputStream(channel);
    }

    /** Encrypts from now on, with {@link TestCertificate#shared()}. */
    public void startTls() throws IOException {
      Socket plain = channel.socket();
      SSLSocket encrypted =
          (SSLSocket)
              tls.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
      encrypted.setUseClientMode(false);
      in = encrypted.getInputStream();
      out = encrypted.getOutputStream();
    }

    /** Waits for so many bytes. */
    public byte[] read(int length) throws IOException {
      byte[] bytes = in.readNBytes(length);
      keep(bytes);
      if (bytes.length < length) {
        throw new EOFException();
      }
      return bytes;
    }

    /** Adds what it has deciphered to what was received. */
    public void keep(byte[] bytes) {
      received.writeBytes(bytes);
    }

    /** Sends bytes. */
    public void send(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }
  }
}
