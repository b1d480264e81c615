package org.lastlogin.dictproto.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A TCP port of the loopback interface. The protocol knows no authentication: whoever reaches the
 * port may write to the dicts. Immutable.
 *
 * @param address where to listen; port 0 for any that is free
 */
public record TcpListener(InetSocketAddress address) implements DictListener {

  /**
   * A listener for an address.
   *
   * @throws IllegalArgumentException if the address cannot be resolved or is not of the loopback
   *     interface
   */
  public TcpListener {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "The host " + address.getHostString() + " cannot be resolved");
    }
    if (!address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          address.getHostString()
              + " is not a loopback address; the dict protocol has no authentication, so only 127.0.0.1 and ::1 may"
              + " listen");
    }
  }

  /** A port of the loopback interface; 0 for any that is free. */
  public static TcpListener onLoopback(int port) {
    return new TcpListener(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  @Override
  public String toString() {
    return "tcp:" + address.getHostString() + ":" + address.getPort();
  }
}
