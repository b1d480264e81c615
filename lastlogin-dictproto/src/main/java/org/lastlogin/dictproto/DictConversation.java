package org.lastlogin.dictproto;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The protocol state of one connection: its version, its open transactions, and the commands that
 * wait for their answer. It decides what client and server may send next, by one set of rules for
 * both sides: those of {@link CommandType} and {@link AnswerType}.
 *
 * <p>Each connection has one conversation. The code that sets the connection up creates it and
 * gives it to both halves of the codec, which note every message in it:
 *
 * <table>
 *   <caption>Who notes what</caption>
 *   <tr><th>side</th><th>commands</th><th>replies</th></tr>
 *   <tr><td>server</td><td>{@link DictCommandDecoder}</td><td>{@link DictReplyEncoder}</td></tr>
 *   <tr><td>client</td><td>{@link DictCommandEncoder}</td><td>{@link DictReplyDecoder}</td></tr>
 * </table>
 *
 * <p>So each command is checked once, when it passes the codec, and gets its number there. Later
 * classes only read the conversation: they find the number of the command at hand ({@link
 * #lastAsked}), and keep what they know of a transaction with it ({@link #attach}). A program whose
 * codec works without a conversation may note messages itself, with {@link #command} and {@link
 * #reply}.
 *
 * <p>If this side is about to break a rule, that is an {@link IllegalStateException}, and nothing
 * has happened; if the peer broke one, it is a {@link DictProtocolException}, and the connection
 * must be closed. Not safe for use by several threads.
 */
public final class DictConversation {
  private static final long MAX_ASYNC_ID = FieldReader.MAX_UINT32;

  private final Side client;
  private final Side server;
  private final DictLimits limits;
  private final TransactionTable transactions;

  /** The commands that wait for their answer, oldest first. */
  private final Map<Long, Call> pending = new LinkedHashMap<>();

  private @Nullable DictVersion version;
  private long lastAsked;
  private long lastAccepted;

  private DictConversation(Side client, Side server, DictLimits limits) {
    this.client = client;
    this.server = server;
    this.limits = Objects.requireNonNull(limits, "limits");
    this.transactions = new TransactionTable(client, limits.openTransactions());
  }

  /** Returns the conversation of a new connection for its client. */
  public static DictConversation ofClient(DictLimits limits) {
    return new DictConversation(Side.OURS, Side.PEERS, limits);
  }

  /** Returns the conversation of a new connection for its server. */
  public static DictConversation ofServer(DictLimits limits) {
    return new DictConversation(Side.PEERS, Side.OURS, limits);
  }

  /** Returns the limits of the connection. */
  public DictLimits limits() {
    return limits;
  }

  /** Returns the version that HELLO has announced, or {@code null} before that. */
  public @Nullable DictVersion version() {
    return version;
  }

  /**
   * Returns the number of the latest command that is answered; 0 if there was none. After a decoder
   * has returned such a command, or a pipeline's codec has passed it on, this is its number.
   */
  public long lastAsked() {
    return lastAsked;
  }

  /** Returns how many commands wait for their answer. */
  public int pending() {
    return pending.size();
  }

  /**
   * Returns whether another command may be sent before one is answered. A server stops reading
   * until then.
   */
  public boolean hasRoom() {
    return pending.size() < limits.pendingCommands();
  }

  /**
   * Returns whether the client needs its replies in the order of its commands, since it cannot tell
   * which command a reply is for. A server then answers one command before it reads the next.
   */
  public boolean isOrdered() {
    return version != null && !version.has(Capability.ASYNC_REPLIES);
  }

  /**
   * Notes a command, unless the codec does.
   *
   * @return the number of the command, which its replies carry; 0 if it is not answered
   * @throws IllegalStateException if this is the client, and may not send it now
   * @throws DictProtocolException if this is the server, and the client may not send it now
   */
  public long command(DictCommand command) {
    String problem = command.type().problem(version);
    if (problem != null) {
      throw client.broken(problem);
    }
    return noteAllowed(command);
  }

  /** Notes a command whose type was found to be {@linkplain CommandType#problem allowed}. */
  long noteAllowed(DictCommand command) {
    AnswerType answer = command.type().answer();
    if (answer != null && !hasRoom()) {
      throw client.broken(limits.pendingCommands() + " commands wait for their answer already");
    }
    if (command instanceof TransactionCommand part) {
      transactions.note(part);
    } else if (command instanceof DictCommand.Hello hello) {
      version = hello.version();
    }
    return answer == null ? 0 : ask(answer, command);
  }

  private long ask(AnswerType answer, DictCommand command) {
    lastAsked = after(lastAsked);
    pending.put(lastAsked, new Call(lastAsked, answer, command));
    return lastAsked;
  }

  /**
   * Attaches an object to the transaction of the latest command that names one, in place of what
   * was attached before.
   *
   * @throws IllegalStateException if no command has named a transaction yet
   */
  public void attach(@Nullable Object attachment) {
    transactions.latest().attachment = attachment;
  }

  /**
   * Returns what was {@linkplain #attach attached} to the transaction of the latest command that
   * names one, even if that command has ended it.
   *
   * @throws IllegalStateException if no command has named a transaction yet
   */
  public @Nullable Object attachment() {
    return transactions.latest().attachment;
  }

  /**
   * Notes a reply, unless the codec does.
   *
   * @throws IllegalStateException if this is the server, and may not send it now
   * @throws DictProtocolException if this is the client, and the server may not send it now
   */
  public void reply(DictReply reply) {
    if (reply instanceof DictReply.Accepted) {
      accept(reply.asyncId());
      return;
    }
    Call call = call(reply.asyncId());
    if (!call.answer.allows(reply) || !call.isOfTransaction(reply)) {
      throw server.broken("A " + call.command.type().protocolName() + " cannot have this reply");
    }
    if (!(reply instanceof DictReply.Row)) {
      pending.remove(reply.asyncId());
    }
  }

  private void accept(long id) {
    long next = after(lastAccepted);
    Call call = pending.get(id);
    if (id != next || call == null) {
      throw server.broken(
          "The command " + id + " is accepted, which is not the next one that waits for it");
    }
    lastAccepted = next;
    call.isAccepted = true;
  }

  /** Returns the command that the next line is for, where replies come in order. */
  Call oldest() {
    Iterator<Call> calls = pending.values().iterator();
    if (!calls.hasNext()) {
      throw server.broken("A reply comes, but no command waits for one");
    }
    return calls.next();
  }

  /** Returns the command that a reply with a number is for. */
  Call call(long asyncId) {
    Call call = pending.get(asyncId);
    if (call == null) {
      throw server.broken("A reply is for the command " + asyncId + ", which waits for none");
    }
    if (isOrdered()) {
      if (call != oldest()) {
        throw server.broken("A reply comes before that of an earlier command");
      }
    } else if (!call.isAccepted) {
      throw server.broken("A reply is for the command " + asyncId + ", which was not accepted yet");
    }
    return call;
  }

  /** Returns the number of the command after another; 0 is none. */
  private static long after(long number) {
    return number == MAX_ASYNC_ID ? 1 : number + 1;
  }

  /** A command that waits for its answer. */
  static final class Call {
    final long asyncId;
    final AnswerType answer;
    final DictCommand command;
    private boolean isAccepted;

    Call(long asyncId, AnswerType answer, DictCommand command) {
      this.asyncId = asyncId;
      this.answer = answer;
      this.command = command;
    }

    private boolean isOfTransaction(DictReply reply) {
      return !(reply instanceof DictReply.Committed committed)
          || (command instanceof TransactionCommand commit
              && commit.transaction() == committed.transaction()
              && committed.marked() == (command.type() == CommandType.COMMIT_ASYNC));
    }
  }
}
