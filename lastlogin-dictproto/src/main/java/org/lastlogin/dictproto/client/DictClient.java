package org.lastlogin.dictproto.client;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.dictproto.Capability;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictVersion;

/**
 * A dict that a dict server keeps, Dovecot's or another: a {@link Dict} over the wire.
 *
 * <p>It connects when it is first used, keeps a few connections on which calls follow each other
 * without waiting, and connects again by itself. Calls that a lost connection leaves unanswered are
 * sent again where that is harmless: lookups, iterations of which no row has come, and transactions
 * without increments and appends. The others fail, commits with an {@link
 * UncertainCommitException}.
 *
 * <p>Each iteration has a connection of its own, so that a consumer that does not keep up holds up
 * nothing else. A server may give up on one that does not read on for long; this library's does
 * after 25 s.
 *
 * <p>A key or path that cannot be, and what the protocol's version cannot express, is refused with
 * a {@link DictException} before anything is sent. The time of a write is told to servers of
 * version 2.2 and newer, the wish to keep values out of the log to those of 4.0; others do not know
 * them.
 *
 * <p>Safe for use by any number of threads. Stages complete, and rows are handed over, on the
 * client's only thread: do not block there.
 */
public interface DictClient extends Dict {

  /** Puts a client together for a dict behind a Unix socket. */
  static Builder builder(Path socket, String dict) {
    return new Builder(UnixDomainSocketAddress.of(socket), dict);
  }

  /**
   * Puts a client together for a dict behind a TCP port.
   *
   * @throws IllegalArgumentException if the host's name is not resolved
   */
  static Builder builder(InetSocketAddress address, String dict) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "The host " + address.getHostString() + " cannot be resolved");
    }
    return new Builder(address, dict);
  }

  /**
   * The version of the protocol that is spoken; empty as long as that has to be found out from the
   * server.
   */
  Optional<DictVersion> version();

  /**
   * Lets what is pending end, then disconnects; what has not ended after the {@linkplain
   * Builder#answerTimeout time for an answer} fails. Calls after that fail. Closing twice does
   * nothing.
   */
  @Override
  void close();

  /** Collects what makes up a client. Not safe for use by several threads. */
  final class Builder {
    /** Times in milliseconds fit an {@code int}. */
    private static final Duration LONGEST = Duration.ofDays(24);

    final SocketAddress address;
    final String dict;
    @Nullable SSLContext tls;
    @Nullable DictVersion version;
    int connections = 2;
    Duration connectTimeout = Duration.ofSeconds(5);
    Duration answerTimeout = Duration.ofSeconds(30);
    DictLimits limits = DictLimits.DEFAULT;

    private Builder(SocketAddress address, String dict) {
      this.address = address;
      this.dict = Objects.requireNonNull(dict, "dict");
    }

    /**
     * Encrypts the connections, and shows the server the client's certificate. The server's must be
     * trusted by the context and name the host. Needs {@code netty-handler}.
     *
     * @throws IllegalStateException if the dict is behind a Unix socket
     */
    public Builder tls(SSLContext context) {
      if (address instanceof UnixDomainSocketAddress) {
        throw new IllegalStateException("TLS is for TCP; a Unix socket has a mode and a group");
      }
      this.tls = Objects.requireNonNull(context, "context");
      return this;
    }

    /**
     * Sets the version of the protocol. By default the client tries them, newest first, until the
     * server answers.
     */
    public Builder version(DictVersion version) {
      this.version = Objects.requireNonNull(version, "version");
      return this;
    }

    /**
     * Sets how many connections there are at most for lookups and commits, and again how many for
     * iterations; by default 2. In versions without {@link Capability#USER_PER_COMMAND} a
     * connection serves the {@code priv/} keys of one user alone.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder connections(int connections) {
      if (connections < 1) {
        throw new IllegalArgumentException(
            "There must be at least one connection, not " + connections);
      }
      this.connections = connections;
      return this;
    }

    /**
     * Sets how long a call waits until there is a connection for it; by default 5 s. It waits as
     * long if there is no socket yet, or nobody listens: a server may be about to start.
     */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = requirePositive("connectTimeout", connectTimeout);
      return this;
    }

    /**
     * Sets how long a call waits for its answer after it was sent, and an iteration for each row;
     * by default 30 s. After that a commit is uncertain. A call that is sent again has this time,
     * and that to connect, again.
     */
    public Builder answerTimeout(Duration answerTimeout) {
      this.answerTimeout = requirePositive("answerTimeout", answerTimeout);
      return this;
    }

    /**
     * Sets the limits of the server, and how long its lines may be; by default {@link
     * DictLimits#DEFAULT}.
     */
    public Builder limits(DictLimits limits) {
      this.limits = Objects.requireNonNull(limits, "limits");
      return this;
    }

    /** The client. Nothing is sent yet. */
    public DictClient build() {
      return new NettyDictClient(this);
    }

    private static Duration requirePositive(String name, Duration value) {
      if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            name + " must be positive, and no more than 24 days, not " + value);
      }
      return value;
    }
  }
}
