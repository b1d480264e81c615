package org.lastlogin.dictproto.server;

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
import org.lastlogin.dictproto.session.DictServerObserver;
import org.lastlogin.dictproto.session.DictSessionSettings;

/**
 * Serves dicts to Dovecot's processes, in every version of the protocol at once, through Unix
 * sockets and TCP.
 *
 * <p>No client holds up another one, or costs more than it should: commands are answered in time
 * whatever the dict does ({@link DictLimits#answerTime}), half-sent lines and idle connections end
 * ({@link Builder#lineTimeout}, {@link Builder#idleTimeout}), and what waits for a client that does
 * not read takes at most 1 MiB besides the transactions that it has sent ({@link
 * DictLimits#openBytes}), as long as values are no longer than a client's line may be. Only a dict
 * whose methods block, which they must not, blocks the server.
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
    /** Longer ones do not fit into nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

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

    /**
     * Sets how many clients may be connected at the same time; by default 20,000. Another one is
     * disconnected at once.
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
      this.lineTimeout = positive("lineTimeout", lineTimeout);
      return this;
    }

    /**
     * Sets after which time without a command a client is disconnected that waits for no answer; by
     * default 1 h. What it has begun and not committed is lost then, and so are answers that it has
     * not read. Dovecot's clients connect again when they need to.
     *
     * @throws IllegalArgumentException if that is not positive
     */
    public Builder idleTimeout(Duration idleTimeout) {
      this.idleTimeout = positive("idleTimeout", idleTimeout);
      return this;
    }

    /**
     * Sets how long a command takes that is worth a warning in the log; by default 5 s, as in
     * Dovecot.
     *
     * @throws IllegalArgumentException if that is not positive
     */
    public Builder slowCommand(Duration slowCommand) {
      this.slowCommand = positive("slowCommand", slowCommand);
      return this;
    }

    /** Sets who sees what the server does, for metrics; by default nobody. */
    public Builder observer(DictServerObserver observer) {
      this.observer = Objects.requireNonNull(observer, "observer");
      return this;
    }

    /** Sets how long closing waits for what is pending; by default 10 s. */
    public Builder gracePeriod(Duration gracePeriod) {
      if (gracePeriod.isNegative() || gracePeriod.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "gracePeriod must not be negative, nor more than 100 years: " + gracePeriod);
      }
      this.gracePeriod = gracePeriod;
      return this;
    }

    private static Duration positive(String name, Duration duration) {
      if (duration.isZero() || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            name + " must be positive, and no more than 100 years, not " + duration);
      }
      return duration;
    }

    /** What its sessions have in common. */
    DictSessionSettings sessions() {
      return DictSessionSettings.builder(dicts).slowCommand(slowCommand).observer(observer).build();
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
