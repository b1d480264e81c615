package org.lastlogin.dictproto.session;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dictproto.AnswerType;
import org.lastlogin.dictproto.Capability;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictCommandDecoder;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictLimits;
import org.lastlogin.dictproto.DictProtocolException;
import org.lastlogin.dictproto.DictReplyEncoder;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.TransactionCommand;
import org.lastlogin.dictproto.input.LogText;

/**
 * A server's side of one connection, from HELLO on: takes commands, carries them out on a dict, and
 * answers.
 *
 * <p>The session does no I/O and keeps no protocol state of its own. It works with the {@link
 * DictConversation} of the connection, in which the {@link DictCommandDecoder} notes each command
 * before the session receives it, and the {@link DictReplyEncoder} each reply that the session
 * sends: a command that the client may not send now fails in the decoder. The conversation numbers
 * the commands and knows which transactions are open; the session adds what these collect, the
 * dict, and the commands that the dict is working on.
 *
 * <p>Every LOOKUP, ITERATE and commit is answered, whatever the dict does: an exception is a
 * failure, and a command that takes too long is {@linkplain #expire given up}. Only a dict whose
 * methods block, which they must not, blocks the session's thread.
 *
 * <p>The memory for a client that does not read is bounded: at most 4 lookups and 2 iterations run
 * at the same time, none is started until the client has read what it was sent, and no command is
 * taken while pending ones hold more than 256 KiB.
 *
 * <p>All methods, and the {@link DictReplySink}, are called on one thread, the session's; the
 * executor runs what dicts complete elsewhere on that thread.
 */
public final class DictSession {
  private final String peer;
  private final DictSessionSettings settings;
  private final DictConversation conversation;
  private final DictReplySink replies;
  private final Executor executor;
  private final OpenTransactions transactions;
  private @Nullable Client client;

  private DictSession(
      String peer,
      DictSessionSettings settings,
      DictConversation conversation,
      DictReplySink replies,
      Executor executor) {
    this.peer = Objects.requireNonNull(peer, "peer");
    this.settings = Objects.requireNonNull(settings, "settings");
    this.conversation = Objects.requireNonNull(conversation, "conversation");
    this.replies = Objects.requireNonNull(replies, "replies");
    this.executor = Objects.requireNonNull(executor, "executor");
    this.transactions = new OpenTransactions(conversation);
  }

  /**
   * Creates a session for a new connection.
   *
   * @param peer the name of the connection in the log
   * @param settings what the server's sessions have in common
   * @param conversation the conversation of the connection, with how much the client may ask for;
   *     the decoder of the commands and the encoder of the replies have the same
   * @param replies takes the answers
   * @param executor runs tasks on the thread that calls this session, one after the other
   */
  public static DictSession create(
      String peer,
      DictSessionSettings settings,
      DictConversation conversation,
      DictReplySink replies,
      Executor executor) {
    return new DictSession(peer, settings, conversation, replies, executor);
  }

  /**
   * Creates a session for a new connection, with {@linkplain DictSessionSettings#builder default
   * settings}.
   *
   * @param peer the name of the connection in the log
   * @param dicts the dicts that a client may choose from, by name
   * @param conversation the conversation of the connection, with how much the client may ask for;
   *     the decoder of the commands and the encoder of the replies have the same
   * @param replies takes the answers
   * @param executor runs tasks on the thread that calls this session, one after the other
   */
  public static DictSession create(
      String peer,
      Map<String, Dict> dicts,
      DictConversation conversation,
      DictReplySink replies,
      Executor executor) {
    return create(
        peer, DictSessionSettings.builder(dicts).build(), conversation, replies, executor);
  }

  /** Returns the version that the client announced, or {@code null} before its HELLO. */
  public @Nullable DictVersion version() {
    return client == null ? null : client.version();
  }

  /** Returns how many commands wait for their answer. */
  public int pending() {
    return client == null ? 0 : client.runner.pending();
  }

  /**
   * Returns whether another command may be decoded and {@linkplain #receive received} before one is
   * answered.
   */
  public boolean canReceive() {
    return hasRoom() && conversation.hasRoom();
  }

  private boolean hasRoom() {
    return client == null || client.runner.hasRoom();
  }

  /**
   * Takes the command that was noted last in the conversation.
   *
   * @throws DictProtocolException if the command asks for more than is allowed, or for what is not
   *     served; the connection must be closed
   * @throws IllegalStateException if the session {@linkplain #canReceive cannot receive} another
   *     command yet, or the command was not noted
   */
  public void receive(DictCommand command) {
    if (!hasRoom()) {
      throw new IllegalStateException("Too many commands are pending: " + pending());
    }
    if (conversation.version() == null) {
      throw new IllegalStateException(
          "A command was not noted; create its decoder with the session's conversation");
    }
    if (command instanceof DictCommand.Hello hello) {
      greet(hello);
    } else {
      carryOut(command, Objects.requireNonNull(client, "The HELLO was refused"));
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
    DictVersion version = hello.version();
    client =
        new Client(
            version,
            DictContext.of(hello.username()),
            dict,
            new CommandRunner(peer, conversation, version, settings, replies, executor));
  }

  private void carryOut(DictCommand command, Client by) {
    if (command instanceof DictCommand.Lookup lookup) {
      by.lookUp(lookup, conversation.limits());
    } else if (command instanceof DictCommand.Iterate iterate) {
      by.iterate(iterate);
    } else if (command instanceof TransactionCommand.Begin begin) {
      transactions.open(begin, by.context(begin.username()));
    } else if (command instanceof TransactionCommand part) {
      if (part.type().answer() == AnswerType.COMMIT) {
        by.commit(part, transactions.take());
      } else {
        transactions.add(part);
      }
    }
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
   * @param reason the text of the answers
   */
  public void giveUpAll(String reason) {
    if (client != null) {
      client.runner.giveUpAll(reason);
    }
  }

  /**
   * Ends the session, as the client has disconnected: the dict completes what is pending, but
   * nothing is answered, and iterations end.
   */
  public void end() {
    if (client != null) {
      client.runner.end();
    }
  }

  /** The client once it has sent HELLO. */
  private record Client(DictVersion version, DictContext greeted, Dict dict, CommandRunner runner) {

    /** Returns the context of a command: its own user, or in older versions the one of HELLO. */
    DictContext context(String username) {
      return version.has(Capability.USER_PER_COMMAND) ? DictContext.of(username) : greeted;
    }

    void lookUp(DictCommand.Lookup lookup, DictLimits limits) {
      DictContext by = context(lookup.username());
      runner.accept(new LookupCall(runner.receipt(), dict, lookup.key(), by, limits));
    }

    void iterate(DictCommand.Iterate iterate) {
      DictContext by = context(iterate.username());
      runner.accept(new IterateCall(runner.receipt(), dict, iterate, by, runner::flowOf));
    }

    void commit(TransactionCommand command, DictTransaction transaction) {
      runner.accept(new CommitCall(runner.receipt(), dict, command, transaction));
    }
  }
}
