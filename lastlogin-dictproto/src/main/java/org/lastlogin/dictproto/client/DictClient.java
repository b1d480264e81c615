package org.lastlogin.dictproto.client;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictScope;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dict.UncertainCommitException;
import org.lastlogin.dictproto.Capability;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.input.Durations;

/**
 * A {@link Dict} over the wire: a client of a dict server, Dovecot's or another.
 *
 * <p>The client connects when it is first used, keeps a small connection pool in which each
 * connection carries several calls at once, and reconnects by itself. It sends calls that a lost
 * connection leaves unanswered again where a repetition is harmless: lookups, iterations of which
 * no row has come, and transactions without increments and appends. Others fail, commits with an
 * {@link UncertainCommitException}.
 *
 * <p>Each iteration has its own connection, so that a slow consumer does not block other calls. A
 * server may give up on a client that does not read for long; this library's does after 25 s.
 *
 * <p>An invalid key or path, or something that the protocol's version cannot express, fails with a
 * {@link DictException} before anything is sent: some keys make Dovecot's dict server abort.
 * Servers of version 2.2 and newer receive the time of a write, those of 4.0 the wish to keep
 * values out of the log; others do not know them.
 *
 * <p>Safe for use by any number of threads. Stages complete, and rows are handed over, on the
 * client's only thread, an event loop on which a {@code ConnectionPool} does all the work: do not
 * block there.
 */
public final class DictClient implements Dict {
  private static final CompletionStage<CommitResult> NOTHING_TO_COMMIT =
      CompletableFuture.completedStage(CommitResult.COMMITTED);

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("lastlogin-dict-client", true), NioIoHandler.newFactory());
  private final VersionChoice versions;
  private final ConnectionPool pool;
  private final Duration closeTimeout;
  private final DictLimits limits;
  private final AtomicBoolean closing = new AtomicBoolean();

  private DictClient(Builder settings) {
    this.versions = new VersionChoice(settings.version);
    this.closeTimeout = settings.answerTimeout;
    this.limits = settings.limits;
    Connector connector = new Connector(loop, settings);
    this.pool =
        new ConnectionPool(
            loop.next(), connector, settings, versions, new ReconnectDelay(new SplittableRandom()));
  }

  /** Returns a builder of a client for a dict at a Unix socket. */
  public static Builder builder(Path socket, String dict) {
    return new Builder(UnixDomainSocketAddress.of(socket), dict);
  }

  /**
   * Returns a builder of a client for a dict at a TCP port.
   *
   * @throws IllegalArgumentException if the host's name is not resolved
   */
  public static Builder builder(InetSocketAddress address, String dict) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "The host " + address.getHostString() + " cannot be resolved");
    }
    return new Builder(address, dict);
  }

  @Override
  public CompletionStage<LookupResult> lookup(String key, DictContext context) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(context, "context");
    return submit(new ClientLookup(key, context), key);
  }

  @Override
  public CompletionStage<Void> iterate(DictIteration iteration, RowConsumer rows) {
    Objects.requireNonNull(rows, "rows");
    return submit(new ClientIteration(iteration, rows), iteration.path());
  }

  @Override
  public CompletionStage<CommitResult> commit(DictTransaction transaction) {
    if (transaction.operations().isEmpty()) {
      return NOTHING_TO_COMMIT;
    }
    ClientCommit call = new ClientCommit(transaction);
    try {
      call.requireWithin(limits);
    } catch (DictException e) {
      return CompletableFuture.failedStage(e);
    }
    return submit(
        call, transaction.operations().stream().map(DictOperation::key).toArray(String[]::new));
  }

  private <T> CompletionStage<T> submit(ClientCall<T> call, String... keys) {
    try {
      for (String key : keys) {
        // An invalid key makes the process of some servers abort.
        DictScope.require(key, call.context);
      }
      loop.execute(() -> pool.submit(call));
    } catch (DictException e) {
      call.result.completeExceptionally(e);
    } catch (RejectedExecutionException e) {
      call.result.completeExceptionally(new DictException("The dict client is closed", e));
    }
    return call.result.minimalCompletionStage();
  }

  /**
   * Returns the version of the protocol that is spoken; empty as long as the client has not found
   * out which one the server speaks.
   */
  public Optional<DictVersion> version() {
    return Optional.ofNullable(versions.known());
  }

  /**
   * Waits for pending calls, then disconnects. Calls that have not ended after the {@linkplain
   * Builder#answerTimeout answer timeout} fail, and so do later calls. Closing twice has no effect.
   */
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      loop.execute(() -> pool.close(closeTimeout, this::endLoop));
    }
    if (!loop.next().inEventLoop()) {
      loop.terminationFuture().awaitUninterruptibly();
    }
  }

  private void endLoop() {
    var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** Builds a client. Not safe for use by several threads. */
  public static final class Builder {
    /** Netty takes timeouts in milliseconds as an {@code int}. */
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
     * Encrypts the connections, and presents the client's certificate. The context must trust the
     * server's certificate, which must name the host. Needs {@code netty-handler}.
     *
     * @throws IllegalStateException if the address is a Unix socket
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
     * long if there is no socket yet, or no server listens: one may be about to start.
     */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = requirePositive("connectTimeout", connectTimeout);
      return this;
    }

    /**
     * Sets how long a call waits for its answer after it was sent, and an iteration for each row;
     * by default 30 s. After that the outcome of a commit is unknown. A call that is sent again has
     * both timeouts again.
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

    /** Returns the client. Nothing is sent yet. */
    public DictClient build() {
      return new DictClient(this);
    }

    private static Duration requirePositive(String name, Duration value) {
      return Durations.requirePositive(name, value, LONGEST, "24 days");
    }
  }
}
