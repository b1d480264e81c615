package org.lastlogin.dictproto;

import java.time.Clock;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.RowConsumer;
import org.lastlogin.dict.UncertainCommitException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection, from its HELLO on: takes commands, carries them out on a dict, and
 * answers.
 *
 * <p>It does no I/O. All its methods, and the {@link DictReplySink}, are called on one thread, the
 * session's; the executor runs what dicts complete elsewhere on that thread.
 */
public final class DictSession {
  private static final Logger log = LoggerFactory.getLogger(DictSession.class);
  private static final long MAX_ASYNC_ID = 0xFFFF_FFFFL;
  private static final CompletionStage<CommitResult> NOTHING_TO_COMMIT =
      CompletableFuture.completedStage(CommitResult.COMMITTED);

  private final String peer;
  private final Map<String, Dict> dicts;
  private final DictLimits limits;
  private final DictReplySink replies;
  private final Executor executor;
  private final InstantSource clock;
  private final OpenTransactions transactions;
  private final Map<Long, PendingCall<?>> pending = new LinkedHashMap<>();
  private @Nullable Client client;
  private long lastAsyncId;

  private DictSession(
      String peer,
      Map<String, Dict> dicts,
      DictLimits limits,
      DictReplySink replies,
      Executor executor,
      InstantSource clock) {
    this.peer = Objects.requireNonNull(peer, "peer");
    this.dicts = Map.copyOf(dicts);
    this.limits = Objects.requireNonNull(limits, "limits");
    this.replies = Objects.requireNonNull(replies, "replies");
    this.executor = Objects.requireNonNull(executor, "executor");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.transactions = new OpenTransactions(limits);
  }

  /**
   * A session for a new connection.
   *
   * @param peer how the log shall name the connection
   * @param dicts the dicts that a client may choose from, by name
   * @param limits how much a client may ask for
   * @param replies takes the answers
   * @param executor runs tasks on the thread that calls this session, one after the other
   */
  public static DictSession create(
      String peer,
      Map<String, Dict> dicts,
      DictLimits limits,
      DictReplySink replies,
      Executor executor) {
    return create(peer, dicts, limits, replies, executor, Clock.systemUTC());
  }

  /** A session with a clock of one's own, from which the times in the replies are taken. */
  static DictSession create(
      String peer,
      Map<String, Dict> dicts,
      DictLimits limits,
      DictReplySink replies,
      Executor executor,
      InstantSource clock) {
    return new DictSession(peer, dicts, limits, replies, executor, clock);
  }

  /** The version that the client announced, or {@code null} before its HELLO. */
  public @Nullable DictVersion version() {
    return client == null ? null : client.version;
  }

  /** How many commands wait for their answer. */
  public int pending() {
    return pending.size();
  }

  /**
   * Whether another command may be {@linkplain #receive given}, or one has to be answered first.
   */
  public boolean canReceive() {
    // A client that cannot tell which command a reply is for gets them one by one, and so in order.
    boolean ordered = client != null && !client.version.has(Capability.ASYNC_REPLIES);
    return pending.size() < (ordered ? 1 : limits.pendingCommands());
  }

  /**
   * Takes a command.
   *
   * @throws DictProtocolException if the client may not send it now; the connection is to be closed
   * @throws IllegalStateException if the session {@linkplain #canReceive cannot take} another
   *     command yet
   */
  public void receive(DictCommand command) {
    if (!canReceive()) {
      throw new IllegalStateException("Too many commands are pending: " + pending.size());
    }
    if (command instanceof DictCommand.Hello hello) {
      greet(hello);
      return;
    }
    if (client == null) {
      throw new DictProtocolException("The first command is not HELLO");
    }
    if (command instanceof DictCommand.Lookup lookup) {
      lookUp(client, lookup);
    } else if (command instanceof DictCommand.Iterate iterate) {
      iterate(client, iterate);
    } else if (command instanceof TransactionCommand.Commit commit) {
      commit(client, commit, false);
    } else if (command instanceof TransactionCommand.CommitAsync commit) {
      commit(client, commit, true);
    } else if (command instanceof TransactionCommand.Begin begin) {
      transactions.open(begin, client.context(begin.username()));
    } else if (command instanceof TransactionCommand part) {
      transactions.add(part);
    }
  }

  private void greet(DictCommand.Hello hello) {
    if (client != null) {
      throw new DictProtocolException("HELLO came twice");
    }
    Dict dict = dicts.get(hello.dictName());
    if (dict == null) {
      throw new DictProtocolException(
          "HELLO names the dict \""
              + LogText.shorten(hello.dictName())
              + "\", which is not served here; served are "
              + dicts.keySet().stream().sorted().toList());
    }
    client = new Client(hello.version(), DictContext.of(hello.username()), dict);
  }

  private void lookUp(Client by, DictCommand.Lookup lookup) {
    start(
        by,
        new PendingCall.OfLookup(nextAsyncId(), micros(), System.nanoTime(), lookup.key()),
        () -> by.dict.lookup(lookup.key(), by.context(lookup.username())));
  }

  private void commit(Client by, TransactionCommand command, boolean marked) {
    var transaction = transactions.take(command);
    start(
        by,
        new PendingCall.OfCommit(
            nextAsyncId(), micros(), System.nanoTime(), command.transaction(), marked, transaction),
        () -> transaction.operations().isEmpty() ? NOTHING_TO_COMMIT : by.dict.commit(transaction));
  }

  private void iterate(Client by, DictCommand.Iterate iterate) {
    PendingCall.OfIterate call =
        new PendingCall.OfIterate(
            nextAsyncId(), micros(), System.nanoTime(), iterate.paths().get(0));
    RowConsumer rows =
        row ->
            CompletableFuture.supplyAsync(() -> send(call, row), executor)
                .thenCompose(ready -> ready);
    start(
        by,
        call,
        () -> {
          CompletionStage<Void> previous = RowConsumer.READY;
          for (String path : iterate.paths()) {
            previous = previous.thenCompose(done -> iteratePath(by, iterate, path, call, rows));
          }
          return previous;
        });
  }

  private static CompletionStage<Void> iteratePath(
      Client by,
      DictCommand.Iterate iterate,
      String path,
      PendingCall.OfIterate call,
      RowConsumer rows) {
    boolean limited = iterate.maxRows() != 0;
    long left = limited ? iterate.maxRows() - call.rows : 0;
    if (limited && left == 0) {
      return RowConsumer.READY;
    }
    return by.dict.iterate(
        new DictIteration(path, iterate.flags(), left, by.context(iterate.username())), rows);
  }

  private CompletionStage<Void> send(PendingCall.OfIterate call, DictRow row) {
    if (!pending.containsKey(call.asyncId)) {
      throw new DictException("The iteration was given up");
    }
    call.rows++;
    call.progress(System.nanoTime());
    replies.send(new DictReply.Row(call.asyncId, row.key(), row.values()));
    return call.unlessGivenUp(replies.whenWritable());
  }

  private <T> void start(Client by, PendingCall<T> call, Supplier<CompletionStage<T>> action) {
    pending.put(call.asyncId, call);
    replies.send(new DictReply.Accepted(call.asyncId));
    CompletableFuture<T> result = attempt(action).toCompletableFuture();
    // What is done at once is answered at once; what is done elsewhere comes back to this thread
    // first.
    Executor answering = result.isDone() ? Runnable::run : executor;
    CompletableFuture<Void> answered =
        result.handleAsync(
            (value, failure) -> {
              finish(by, call, value, failure);
              return null;
            },
            answering);
    var unused =
        answered.exceptionally(
            defect -> {
              log.error("{}: the {} was not answered", peer, call, defect);
              return null;
            });
  }

  /** A dict should not throw; if one does, its client gets an answer nevertheless. */
  private static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> action) {
    try {
      return action.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private <T> void finish(Client by, PendingCall<T> call, T value, @Nullable Throwable failure) {
    if (pending.remove(call.asyncId) == null) {
      log.debug("{}: the {} ended when nobody waited for it any more", peer, call);
      return;
    }
    Timing timing = new Timing(call.startMicros, micros());
    if (failure == null) {
      replies.send(call.succeeded(value, timing));
      return;
    }
    Throwable cause = FailureText.unwrap(failure);
    String text = FailureText.of(cause, by.version);
    logFailure(call, cause, text);
    replies.send(call.failed(cause instanceof UncertainCommitException, text, timing));
  }

  private void logFailure(PendingCall<?> call, Throwable cause, String text) {
    if (!(cause instanceof DictException)) {
      log.error("{}: the {} failed", peer, call, cause);
    } else if (call instanceof PendingCall.OfCommit commit && commit.hidesValues()) {
      log.warn("{}: the {} failed; the client wants the values kept out of the log", peer, call);
    } else {
      log.warn("{}: the {} failed: {}", peer, call, LogText.message(text));
    }
  }

  /**
   * Answers the commands that have taken {@linkplain DictLimits#answerTime too long}. To be called
   * about once a second.
   *
   * @param nowNanos the present {@link System#nanoTime}
   */
  public void expire(long nowNanos) {
    if (pending.isEmpty()) {
      return;
    }
    String text = "No answer from the dict within " + limits.answerTime().toMillis() + " ms";
    for (PendingCall<?> call : List.copyOf(pending.values())) {
      if (call.isOverdue(nowNanos, limits.answerTime())) {
        giveUp(call, text);
      }
    }
  }

  /**
   * Answers all commands that are pending, without waiting for the dict any longer: commits as
   * uncertain, all else as failed.
   *
   * @param reason what the client is told
   */
  public void giveUpAll(String reason) {
    List.copyOf(pending.values()).forEach(call -> giveUp(call, reason));
  }

  private void giveUp(PendingCall<?> call, String text) {
    pending.remove(call.asyncId);
    log.warn("{}: the {} was given up: {}", peer, call, text);
    replies.send(call.failed(true, text, new Timing(call.startMicros, micros())));
    call.givenUp();
  }

  /**
   * The client is gone: what is pending goes on where it is, but nobody waits for it, and
   * iterations end.
   */
  public void end() {
    List<PendingCall<?>> left = List.copyOf(pending.values());
    pending.clear();
    left.forEach(PendingCall::givenUp);
  }

  private long nextAsyncId() {
    lastAsyncId = lastAsyncId == MAX_ASYNC_ID ? 1 : lastAsyncId + 1;
    return lastAsyncId;
  }

  private long micros() {
    return Timing.micros(clock.instant());
  }

  /** What the HELLO said. */
  private record Client(DictVersion version, DictContext greeted, Dict dict) {

    /** The context of a command: its own user, or in older versions the one of the HELLO. */
    DictContext context(String username) {
      return version.has(Capability.USER_PER_COMMAND) ? DictContext.of(username) : greeted;
    }
  }
}
