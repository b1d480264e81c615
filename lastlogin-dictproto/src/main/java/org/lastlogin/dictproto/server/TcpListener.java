package org.lastlogin.dictproto.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port. The protocol has no authentication: every process that can connect may read and write
 * the dicts. Beyond the loopback interface a listener therefore requires certificates of its
 * clients, or is explicitly {@linkplain #unprotected unprotected}. These are different factories,
 * so that another address alone never exposes a port. Immutable.
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

  /** Returns a listener at a port of the loopback interface; 0 for any free port. */
  public static TcpListener onLoopback(int port) {
    return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /**
   * Returns a listener at an address of the loopback interface.
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
   * Returns a listener at any address, whose clients need TLS and a certificate. This needs {@code
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
   * Returns a listener at any address, without protection: <b>every host that can connect may read
   * and write the dicts.</b> Use it only where a firewall admits no other hosts than mail servers.
   *
   * @param address where to listen; port 0 for any that is free
   * @throws IllegalArgumentException if the address cannot be resolved
   */
  public static TcpListener unprotected(InetSocketAddress address) {
    return new TcpListener(address, null);
  }

  /** Returns the address at which it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** Returns the TLS context, if clients need TLS. */
  public Optional<SSLContext> tls() {
    return Optional.ofNullable(tls);
  }

  @Override
  public String toString() {
    return (tls == null ? "tcp:" : "tls:") + address.getHostString() + ":" + address.getPort();
  }
}
