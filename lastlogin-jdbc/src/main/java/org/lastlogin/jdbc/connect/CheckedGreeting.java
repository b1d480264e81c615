package org.lastlogin.jdbc.connect;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a MariaDB or MySQL server whose first packet asks for the password in clear. Over TLS,
 * MariaDB's driver 3.5 answers that packet whatever {@code restrictedAuth} says, and before it
 * knows whether the server's certificate is trusted. A server that needs the password in clear asks
 * for it later, too. Not safe for use by several threads.
 */
final class CheckedGreeting extends FilterInputStream {
  private static final String CLEAR = "mysql_clear_password";
  private static final int HEADER = 4;

  /** Far more than a greeting has; one that continues in a second packet would be longer. */
  private static final int MAX_LENGTH = 4_096;

  private boolean checked;

  private CheckedGreeting(InputStream in) {
    super(in);
  }

  /**
   * Fails if the driver cannot load the sockets by their name: its class loader may be one above
   * that of an application, which has this library.
   */
  static void requireVisibleTo(ClassLoader driver) {
    try {
      Class.forName(Sockets.class.getName(), false, driver);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "MariaDB's driver needs a class of this library for TLS, and its class loader does not"
              + " find it: put mariadb-java-client and lastlogin-jdbc into the same place, such as"
              + " the application's libraries",
          e);
    }
  }

  @Override
  public int read() throws IOException {
    check();
    return in.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    check();
    return in.read(bytes, offset, length);
  }

  private void check() throws IOException {
    if (!checked) {
      byte[] header = in.readNBytes(HEADER);
      byte[] payload = in.readNBytes(length(header));
      if (new String(payload, StandardCharsets.ISO_8859_1).contains(CLEAR)) {
        throw new IOException(
            "the server asks for the password in clear ("
                + CLEAR
                + ") before its certificate is checked");
      }
      byte[] packet = Arrays.copyOf(header, header.length + payload.length);
      System.arraycopy(payload, 0, packet, header.length, payload.length);
      in = new SequenceInputStream(new ByteArrayInputStream(packet), in);
      checked = true;
    }
  }

  /** Returns the length in the first three bytes of a packet; 0 if the connection ended before. */
  private static int length(byte[] header) throws IOException {
    if (header.length < HEADER) {
      return 0;
    }
    int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
    if (length > MAX_LENGTH) {
      throw new IOException("this is not a MariaDB or MySQL server: its greeting is too long");
    }
    return length;
  }

  /**
   * Creates sockets for MariaDB's driver, which loads this factory by its name and connects them
   * itself.
   */
  public static final class Sockets extends SocketFactory {
    @Override
    public Socket createSocket() {
      return new CheckedSocket();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class CheckedSocket extends Socket {
    private @Nullable InputStream in;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      if (in == null) {
        in = new CheckedGreeting(super.getInputStream());
      }
      return in;
    }
  }
}
