package org.lastlogin.dictproto;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What client and server have said on one connection so far, and hence what either may say next.
 * Both sides keep one, and both by the same rules, those of {@link CommandType} and {@link
 * AnswerType}.
 *
 * <p>If this side is about to break a rule, that is an {@link IllegalStateException}, and nothing
 * has happened; if the peer did, it is a {@link DictProtocolException}, and the connection is to be
 * closed. Not safe for use by several threads.
 */
public final class DictConversation {
  private static final long MAX_ASYNC_ID = FieldReader.MAX_UINT32;

  private final Side client;
  private final Side server;
  private final TransactionTable<CommandType> transactions;
  private final int maxPending;

  /** The commands that wait for their answer, oldest first. */
  private final Map<Long, Call> pending = new LinkedHashMap<>();

  private @Nullable DictVersion version;
  private long lastAsked;
  private long lastAccepted;

  private DictConversation(Side client, Side server, DictLimits limits) {
    this.client = client;
    this.server = server;
    this.transactions = new TransactionTable<>(client, limits.openTransactions());
    this.maxPending = limits.pendingCommands();
  }

  /** The conversation of a new connection, as its client keeps it. */
  public static DictConversation ofClient(DictLimits limits) {
    return new DictConversation(Side.OURS, Side.PEERS, limits);
  }

  /** The conversation of a new connection, as its server keeps it. */
  public static DictConversation ofServer(DictLimits limits) {
    return new DictConversation(Side.PEERS, Side.OURS, limits);
  }

  /** The version that HELLO has announced, or {@code null} before that. */
  public @Nullable DictVersion version() {
    return version;
  }

  /**
   * The number of the latest command that is answered; 0 if there was none. To a handler in a
   * pipeline, that is the number of the command that it was just handed.
   */
  public long lastAsked() {
    return lastAsked;
  }

  /** How many commands wait for their answer. */
  public int pending() {
    return pending.size();
  }

  /**
   * Whether another command may be sent, or one has to be answered first: a server stops reading
   * then.
   */
  public boolean hasRoom() {
    return pending.size() < maxPending;
  }

  /**
   * Notes that the client says something.
   *
   * @return the number of the command, which its replies carry; 0 if it is not answered
   * @throws IllegalStateException if this is the client, and may not say that now
   * @throws DictProtocolException if this is the server, and the client may not say that now
   */
  public long command(DictCommand command) {
    CommandType type = command.type();
    String objection = type.whyNot(version != null);
    if (objection != null) {
      throw client.broken(objection);
    }
    if (version != null && !type.isIn(version)) {
      throw client.broken("There is no command '" + type.wire() + "' in version " + version);
    }
    AnswerType answer = type.answer();
    if (answer != null && !hasRoom()) {
      throw client.broken(maxPending + " commands wait for their answer already");
    }
    if (command instanceof DictCommand.Hello hello) {
      version = hello.version();
    } else if (command instanceof TransactionCommand.Begin begin) {
      transactions.open(begin, begin::type);
    } else if (command instanceof TransactionCommand part) {
      var unused = transactions.find(part);
    }
    return answer == null ? 0 : ask(answer, command);
  }

  private long ask(AnswerType answer, DictCommand command) {
    lastAsked = after(lastAsked);
    pending.put(lastAsked, new Call(lastAsked, answer, command));
    return lastAsked;
  }

  /**
   * Notes that the server says something.
   *
   * @throws IllegalStateException if this is the server, and may not say that now
   * @throws DictProtocolException if this is the client, and the server may not say that now
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

  /** The command that the next line is for, where replies come in order. */
  Call oldest() {
    Iterator<Call> calls = pending.values().iterator();
    if (!calls.hasNext()) {
      throw server.broken("A reply comes, but no command waits for one");
    }
    return calls.next();
  }

  /** The command that a reply with a number is for. */
  Call call(long asyncId) {
    Call call = pending.get(asyncId);
    if (call == null) {
      throw server.broken("A reply is for the command " + asyncId + ", which waits for none");
    }
    if (!Objects.requireNonNull(version).has(Capability.ASYNC_REPLIES)) {
      if (call != oldest()) {
        throw server.broken("A reply comes before that of an earlier command");
      }
    } else if (!call.isAccepted) {
      throw server.broken("A reply is for the command " + asyncId + ", which was not accepted yet");
    }
    return call;
  }

  /** The number of the command behind another; 0 is none. */
  public static long after(long number) {
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
