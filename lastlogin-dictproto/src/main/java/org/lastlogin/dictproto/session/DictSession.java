package org.lastlogin.dictproto.session;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dictproto.Capability;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictProtocolException;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.TransactionCommand;
import org.lastlogin.dictproto.input.LogText;

/**
 * One client's connection, from its HELLO on: takes commands, carries them out on a dict, and
 * answers.
 *
 * <p>Every LOOKUP, ITERATE and commit gets its answer, whatever the dict does: what it throws is a
 * failure, and what takes too long is {@linkplain #expire given up}. Only a dict whose methods
 * block, which they must not, blocks the session's thread.
 *
 * <p>What waits in memory for a client that does not read is bounded: at most 4 lookups and 2
 * iterations run at the same time, none is started until the client has read what it was sent, and
 * no command is taken while those that are pending hold more than 256 KiB.
 *
 * <p>It does no I/O. All its methods, and the {@link DictReplySink}, are called on one thread, the
 * session's; the executor runs what dicts complete elsewhere on that thread.
 */
public final class DictSession {
  private final String peer;
  private final DictSessionSettings settings;
  private final DictReplySink replies;
  private final Executor executor;
  private final OpenTransactions transactions;
  private @Nullable Client client;

  private DictSession(
      String peer, DictSessionSettings settings, DictReplySink replies, Executor executor) {
    this.peer = Objects.requireNonNull(peer, "peer");
    this.settings = Objects.requireNonNull(settings, "settings");
    this.replies = Objects.requireNonNull(replies, "replies");
    this.executor = Objects.requireNonNull(executor, "executor");
    this.transactions = new OpenTransactions(settings.limits());
  }

  /**
   * A session for a new connection.
   *
   * @param peer how the log shall name the connection
   * @param settings what the server's sessions have in common
   * @param replies takes the answers
   * @param executor runs tasks on the thread that calls this session, one after the other
   */
  public static DictSession create(
      String peer, DictSessionSettings settings, DictReplySink replies, Executor executor) {
    return new DictSession(peer, settings, replies, executor);
  }

  /**
   * A session for a new connection, with nothing but limits to set.
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
    return create(peer, DictSessionSettings.of(dicts).withLimits(limits), replies, executor);
  }

  /** The version that the client announced, or {@code null} before its HELLO. */
  public @Nullable DictVersion version() {
    return client == null ? null : client.hello.version();
  }

  /** How many commands wait for their answer. */
  public int pending() {
    return client == null ? 0 : client.runner.pending();
  }

  /**
   * Whether another command may be {@linkplain #receive given}, or one has to be answered first.
   */
  public boolean canReceive() {
    return client == null || client.runner.hasRoom();
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
      throw new IllegalStateException("Too many commands are pending: " + pending());
    }
    String objection = command.type().whyNot(client != null);
    if (objection != null) {
      throw new DictProtocolException(objection);
    }
    if (client == null) {
      greet((DictCommand.Hello) command);
      return;
    }
    if (command instanceof DictCommand.Lookup lookup) {
      client.lookUp(lookup, settings.limits());
    } else if (command instanceof DictCommand.Iterate iterate) {
      client.iterate(iterate);
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
    Dict dict = settings.dicts().get(hello.dictName());
    if (dict == null) {
      throw new DictProtocolException(
          "HELLO names the dict \""
              + LogText.shorten(hello.dictName())
              + "\", which is not served here; served are "
              + settings.dicts().keySet().stream().sorted().toList());
    }
    client =
        new Client(
            hello,
            DictContext.of(hello.username()),
            dict,
            new CommandRunner(peer, hello.version(), settings, replies, executor));
  }

  private void commit(Client by, TransactionCommand command, boolean marked) {
    DictTransaction transaction = transactions.take(command);
    by.runner.accept(
        new CommitCall(by.runner.receipt(), by.dict, command.transaction(), marked, transaction));
  }

  /**
   * Answers the commands that have taken {@linkplain DictLimits#answerTime too long}. To be called
   * about once a second.
   *
   * @param nowNanos the present {@link System#nanoTime}
   */
  public void expire(long nowNanos) {
    if (client != null) {
      client.runner.expire(nowNanos);
    }
  }

  /**
   * Answers all commands that are pending, without waiting for the dict any longer: commits as
   * uncertain, all else as failed.
   *
   * @param reason what the client is told
   */
  public void giveUpAll(String reason) {
    if (client != null) {
      client.runner.giveUpAll(reason);
    }
  }

  /**
   * The client is gone: what is pending goes on where it is, but nobody waits for it, and
   * iterations end.
   */
  public void end() {
    if (client != null) {
      client.runner.end();
    }
  }

  /** The client once it has said HELLO. */
  private record Client(
      DictCommand.Hello hello, DictContext greeted, Dict dict, CommandRunner runner) {

    /** The context of a command: its own user, or in older versions the one of the HELLO. */
    DictContext context(String username) {
      return hello.version().has(Capability.USER_PER_COMMAND) ? DictContext.of(username) : greeted;
    }

    void lookUp(DictCommand.Lookup lookup, DictLimits limits) {
      DictContext by = context(lookup.username());
      runner.accept(new LookupCall(runner.receipt(), dict, lookup.key(), by, limits));
    }

    void iterate(DictCommand.Iterate iterate) {
      DictContext by = context(iterate.username());
      runner.accept(new IterateCall(runner.receipt(), dict, iterate, by, runner::flowOf));
    }
  }
}
