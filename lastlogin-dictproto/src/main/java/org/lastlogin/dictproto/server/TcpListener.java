package org.lastlogin.dictproto.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port. The protocol knows no authentication: whoever reaches the port may read and write the
 * dicts. Beyond the loopback interface a listener therefore asks its clients for certificates, or
 * says that it is unprotected. Immutable.
 */
public final class TcpListener implements DictListener {
  private final InetSocketAddress address;
  private final @Nullable SSLContext tls;

  private TcpListener(InetSocketAddress address, @Nullable SSLContext tls) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "The host " + address.getHostString() + " cannot be resolved");
    }
    this.address = address;
    this.tls = tls;
  }

  /** A port of the loopback interface; 0 for any that is free. */
  public static TcpListener onLoopback(int port) {
    return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /**
   * An address of the loopback interface.
   *
   * @param address where to listen; port 0 for any that is free
   * @throws IllegalArgumentException if the address cannot be resolved, or is not of the loopback
   *     interface
   */
  public static TcpListener at(InetSocketAddress address) {
    TcpListener listener = new TcpListener(address, null);
    if (!address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          address.getHostString()
              + " is not a loopback address; the dict protocol has no authentication, so only"
              + " 127.0.0.1 and ::1 may listen without TLS");
    }
    return listener;
  }

  /**
   * Any address, to which clients speak TLS with a certificate of their own. This needs {@code
   * io.netty:netty-handler}.
   *
   * @param address where to listen; port 0 for any that is free
   * @param context the server's certificate, and the trust in those of clients
   * @throws IllegalArgumentException if the address cannot be resolved
   */
  public static TcpListener withTls(InetSocketAddress address, SSLContext context) {
    return new TcpListener(address, Objects.requireNonNull(context, "context"));
  }

  /**
   * Any address, without protection: <b>whoever reaches it may read and write the dicts.</b> It is
   * for networks where something else, such as a firewall, lets only the mail servers through.
   *
   * @param address where to listen; port 0 for any that is free
   * @throws IllegalArgumentException if the address cannot be resolved
   */
  public static TcpListener unprotected(InetSocketAddress address) {
    return new TcpListener(address, null);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** What clients have to show that they are trusted, if they have to. */
  public Optional<SSLContext> tls() {
    return Optional.ofNullable(tls);
  }

  @Override
  public String toString() {
    return (tls == null ? "tcp:" : "tls:") + address.getHostString() + ":" + address.getPort();
  }
}
