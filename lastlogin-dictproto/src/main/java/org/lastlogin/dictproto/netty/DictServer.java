package org.lastlogin.dictproto.netty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lastlogin.dict.Dict;
import org.lastlogin.dictproto.DictLimits;

/**
 * Serves dicts to Dovecot's processes, in every version of the protocol at once, through Unix
 * sockets and loopback TCP.
 *
 * <p>Commands that a dict has taken are answered even while the server stops; the dicts stay open
 * when it is closed. Safe for use by any number of threads.
 */
public interface DictServer extends AutoCloseable {

  /** Puts a server together. */
  static Builder builder() {
    return new Builder();
  }

  /**
   * The TCP addresses at which it listens, with the ports that it was given where any would do, in
   * the order of the listeners.
   */
  List<InetSocketAddress> tcpAddresses();

  /** How many clients are connected. */
  int connections();

  /** Waits until the server is closed. */
  void awaitTermination() throws InterruptedException;

  /**
   * Stops: takes no more connections and commands, answers what is pending as the dicts do within
   * the {@linkplain Builder#gracePeriod grace period} and the rest as failed or uncertain, closes
   * all connections and removes the sockets. Closing twice does nothing.
   */
  @Override
  void close();

  /** Collects what makes up a server. Not safe for use by several threads. */
  final class Builder {
    final Map<String, Dict> dicts = new LinkedHashMap<>();
    final List<DictListener> listeners = new ArrayList<>();
    DictLimits limits = DictLimits.DEFAULT;
    Duration gracePeriod = Duration.ofSeconds(10);

    private Builder() {}

    /**
     * Adds a dict under the name that clients know it by.
     *
     * @throws IllegalArgumentException if there is one of that name
     */
    public Builder dict(String name, Dict dict) {
      Objects.requireNonNull(name, "name");
      if (dicts.putIfAbsent(name, Objects.requireNonNull(dict, "dict")) != null) {
        throw new IllegalArgumentException("There are two dicts named " + name);
      }
      return this;
    }

    /** Adds an address at which to listen. */
    public Builder listen(DictListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /** Sets how much one connection may ask for; by default {@link DictLimits#DEFAULT}. */
    public Builder limits(DictLimits limits) {
      this.limits = Objects.requireNonNull(limits, "limits");
      return this;
    }

    /** Sets how long closing waits for what is pending; by default 10 s. */
    public Builder gracePeriod(Duration gracePeriod) {
      this.gracePeriod = Objects.requireNonNull(gracePeriod, "gracePeriod");
      return this;
    }

    /**
     * Starts the server. When this returns, clients can connect at every address; when it throws,
     * at none.
     *
     * @throws IOException if an address cannot be listened at; the message says which and why
     * @throws IllegalStateException if there is no dict or no listener
     */
    public DictServer start() throws IOException {
      if (dicts.isEmpty() || listeners.isEmpty()) {
        throw new IllegalStateException("A server needs at least one dict and one listener");
      }
      return NettyDictServer.start(this);
    }
  }
}
