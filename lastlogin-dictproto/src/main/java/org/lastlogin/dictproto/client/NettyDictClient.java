package org.lastlogin.dictproto.client;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictScope;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictVersion;

/** The client: one event loop, on which a {@link ConnectionPool} does everything. */
final class NettyDictClient implements DictClient {
  private static final CompletionStage<CommitResult> NOTHING_TO_COMMIT =
      CompletableFuture.completedStage(CommitResult.COMMITTED);

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("lastlogin-dict-client", true), NioIoHandler.newFactory());
  private final VersionChoice versions;
  private final ConnectionPool pool;
  private final Duration patience;
  private final DictLimits limits;
  private final AtomicBoolean closing = new AtomicBoolean();

  NettyDictClient(Builder settings) {
    this.versions = new VersionChoice(settings.version);
    this.patience = settings.answerTimeout;
    this.limits = settings.limits;
    Connector connector = new Connector(loop, settings);
    this.pool =
        new ConnectionPool(
            loop.next(), connector, settings, versions, new Backoff(new SplittableRandom()));
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
        // Some servers take a key that cannot be for a reason to end their process.
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

  @Override
  public Optional<DictVersion> version() {
    return Optional.ofNullable(versions.known());
  }

  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      loop.execute(() -> pool.close(patience, this::endLoop));
    }
    if (!loop.next().inEventLoop()) {
      loop.terminationFuture().awaitUninterruptibly();
    }
  }

  private void endLoop() {
    var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
