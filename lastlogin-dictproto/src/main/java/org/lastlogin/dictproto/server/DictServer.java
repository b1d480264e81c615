package org.lastlogin.dictproto.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lastlogin.dict.Dict;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.input.Durations;
import org.lastlogin.dictproto.session.DictServerObserver;
import org.lastlogin.dictproto.session.DictSessionSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves dicts to Dovecot's processes, in every version of the protocol at once, through Unix
 * sockets and TCP.
 *
 * <p>A slow or hostile client does not block other clients: commands are answered in time whatever
 * the dict does ({@link DictLimits#answerTime}), half-sent lines and idle connections end ({@link
 * Builder#lineTimeout}, {@link Builder#idleTimeout}), and the replies that wait for a client that
 * does not read take at most 1 MiB besides the transactions that it has sent ({@link
 * DictLimits#openBytes}), as long as values are no longer than a client's line may be. Only a dict
 * whose methods block, which they must not, blocks the server.
 *
 * <p>The server answers commands that a dict has taken even while it stops; closing it does not
 * close the dicts. Safe for use by any number of threads.
 *
 * <p>One event loop serves all connections: the protocol's work per command is so small that a
 * second loop would only wait for the database as the first does. {@code ServerSockets} accepts
 * connections, {@code Connections} keeps them, and a {@code DictServerHandler} runs each.
 */
public final class DictServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DictServer.class);

  private final Duration gracePeriod;
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("lastlogin-dict-server"), NioIoHandler.newFactory());
  private final ExecutorService tlsTasks =
      Executors.newSingleThreadExecutor(new DefaultThreadFactory("lastlogin-dict-tls"));
  private final Connections connections;
  private final ServerSockets sockets;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch terminated = new CountDownLatch(1);

  private DictServer(Builder builder) {
    this.gracePeriod = builder.gracePeriod;
    this.connections = new Connections(loop.next(), builder, tlsTasks);
    this.sockets = new ServerSockets(loop, connections);
  }

  /** Returns a builder of a server. */
  public static Builder builder() {
    return new Builder();
  }

  private static DictServer start(Builder builder) throws IOException {
    DictServer server = new DictServer(builder);
    try {
      for (DictListener listener : builder.listeners) {
        server.sockets.listen(listener);
      }
      log.info("listening at {}", server.sockets);
      server.connections.sweepEverySecond();
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /**
   * Returns the TCP addresses at which it listens, in the order of the listeners. Where a listener
   * has port 0, this is the port that the system chose.
   */
  public List<InetSocketAddress> tcpAddresses() {
    return sockets.tcpAddresses();
  }

  /** Returns how many clients are connected. */
  public int connections() {
    return connections.size();
  }

  /** Waits until the server is closed. */
  public void awaitTermination() throws InterruptedException {
    terminated.await();
  }

  /**
   * Stops: takes no more connections and commands, answers pending ones as the dicts do within the
   * {@linkplain Builder#gracePeriod grace period} and the rest as failed or uncertain, closes all
   * connections and removes the sockets. Closing twice has no effect.
   */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    sockets.close();
    connections.drain(gracePeriod);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    tlsTasks.shutdown();
    terminated.countDown();
  }

  /** Returns the addresses at which it listens. */
  @Override
  public String toString() {
    return "DictServer" + sockets;
  }

  /** Builds and starts a server. Not safe for use by several threads. */
  public static final class Builder {
    final Map<String, Dict> dicts = new LinkedHashMap<>();
    final List<DictListener> listeners = new ArrayList<>();
    DictLimits limits = DictLimits.DEFAULT;
    DictServerObserver observer = DictServerObserver.NONE;
    int maxConnections = 20_000;
    Duration lineTimeout = Duration.ofSeconds(10);
    Duration idleTimeout = Duration.ofHours(1);
    Duration slowCommand = Duration.ofSeconds(5);
    Duration gracePeriod = Duration.ofSeconds(10);

    private Builder() {}

    /**
     * Adds a dict under the name by which clients ask for it.
     *
     * @throws IllegalArgumentException if there is already one of that name
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

    /** Sets the limits of each connection; by default {@link DictLimits#DEFAULT}. */
    public Builder limits(DictLimits limits) {
      this.limits = Objects.requireNonNull(limits, "limits");
      return this;
    }

    /**
     * Sets how many clients may be connected at the same time; by default 20,000. The server
     * disconnects further ones at once.
     *
     * @throws IllegalArgumentException if that is less than 1
     */
    public Builder maxConnections(int maxConnections) {
      if (maxConnections < 1) {
        throw new IllegalArgumentException("At least 1 connection, not " + maxConnections);
      }
      this.maxConnections = maxConnections;
      return this;
    }

    /**
     * Sets how long a client may take to send a line: the first one, its HELLO, from the moment it
     * connects, any other from the first byte on; by default 10 s.
     *
     * @throws IllegalArgumentException if that is not positive
     */
    public Builder lineTimeout(Duration lineTimeout) {
      this.lineTimeout = Durations.requirePositive("lineTimeout", lineTimeout);
      return this;
    }

    /**
     * Sets the time without a command after which a client that waits for no answer is
     * disconnected; by default 1 h. What it has begun and not committed is lost then, and so are
     * answers that it has not read. Dovecot's clients connect again when they need to.
     *
     * @throws IllegalArgumentException if that is not positive
     */
    public Builder idleTimeout(Duration idleTimeout) {
      this.idleTimeout = Durations.requirePositive("idleTimeout", idleTimeout);
      return this;
    }

    /**
     * Sets the time from which on a command is worth a warning in the log; by default 5 s, as in
     * Dovecot.
     *
     * @throws IllegalArgumentException if that is not positive
     */
    public Builder slowCommand(Duration slowCommand) {
      this.slowCommand = Durations.requirePositive("slowCommand", slowCommand);
      return this;
    }

    /** Sets an observer that receives the server's events, for metrics; by default none. */
    public Builder observer(DictServerObserver observer) {
      this.observer = Objects.requireNonNull(observer, "observer");
      return this;
    }

    /** Sets how long closing waits for pending commands; by default 10 s. */
    public Builder gracePeriod(Duration gracePeriod) {
      this.gracePeriod = Durations.requireNotNegative("gracePeriod", gracePeriod);
      return this;
    }

    /** Returns the settings of the sessions. */
    DictSessionSettings sessions() {
      return DictSessionSettings.builder(dicts).slowCommand(slowCommand).observer(observer).build();
    }

    /**
     * Starts the server. When this returns, clients can connect at every address; when it throws,
     * at none.
     *
     * @throws IOException if the server cannot listen at an address; the message names it and the
     *     reason
     * @throws IllegalStateException if there is no dict or no listener
     */
    public DictServer start() throws IOException {
      if (dicts.isEmpty() || listeners.isEmpty()) {
        throw new IllegalStateException("A server needs at least one dict and one listener");
      }
      return DictServer.start(this);
    }
  }
}
