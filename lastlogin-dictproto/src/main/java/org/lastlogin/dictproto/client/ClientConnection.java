package org.lastlogin.dictproto.client;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictException;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictConversation;
import org.lastlogin.dictproto.DictProtocolException;
import org.lastlogin.dictproto.DictReply;
import org.lastlogin.dictproto.DictVersion;
import org.lastlogin.dictproto.TransactionCommand;
import org.lastlogin.dictproto.netty.DictClientCodec;

/**
 * A connection of a client: sends HELLO, then calls without waiting for the answers of earlier
 * ones, and notifies its owner. Used by the client's event loop alone.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {
  private static final long MAX_TRANSACTION = 0xFFFF_FFFFL;

  private final DictCommand.Hello hello;
  private final DictVersion version;
  private final boolean forOneCall;
  private final Owner owner;

  /** The calls that are not answered yet, by the number of the command. */
  private final Map<Long, ClientCall<?>> calls = new LinkedHashMap<>();

  private @Nullable ChannelHandlerContext context;
  private @Nullable DictConversation conversation;
  private long lastTransaction;
  private boolean transactionIsOpen;
  private boolean flushIsDue;
  private boolean answers;
  private boolean retired;
  private String end = "it closed the connection";

  /**
   * A connection that is to be opened.
   *
   * @param hello the first command
   * @param forOneCall whether it is closed after one call
   */
  ClientConnection(DictCommand.Hello hello, DictVersion version, boolean forOneCall, Owner owner) {
    this.hello = hello;
    this.version = version;
    this.forOneCall = forOneCall;
    this.owner = owner;
  }

  /** The user of a connection. */
  interface Owner {
    /** The connection may be used. */
    void opened(ClientConnection connection);

    /** There may be room for another call: one was answered, or the server reads again. */
    void answered(ClientConnection connection);

    /**
     * The connection is closed.
     *
     * @param why the reason
     * @param unanswered the calls that it leaves, which have not failed yet
     */
    void closed(ClientConnection connection, String why, List<ClientCall<?>> unanswered);
  }

  DictVersion version() {
    return version;
  }

  /** Returns the user that HELLO named, whose {@code priv/} keys it serves; otherwise empty. */
  String user() {
    return hello.username();
  }

  /** Returns whether a call may be sent through it, as HELLO named its user or need not. */
  boolean serves(ClientCall<?> call) {
    return !call.needsUser() || user().equals(call.helloUser(version));
  }

  boolean isForOneCall() {
    return forOneCall;
  }

  /** Returns whether it was ever open. */
  boolean wasOpened() {
    return conversation != null;
  }

  /** Returns whether the server has ever replied: then it has accepted HELLO. */
  boolean hasAnswered() {
    return answers;
  }

  /** Returns how many calls wait for their answer. */
  int pending() {
    return calls.size();
  }

  /** Returns whether another call may be sent. */
  boolean hasRoom() {
    return !retired
        && Objects.requireNonNull(context).channel().isActive()
        && Objects.requireNonNull(context).channel().isWritable()
        && Objects.requireNonNull(conversation).hasRoom();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    conversation = ctx.pipeline().get(DictClientCodec.class).conversation();
    write(hello);
    flush();
    owner.opened(this);
  }

  /** Sends a call, or fails it if the version cannot express it. */
  void send(ClientCall<?> call) {
    lastTransaction = lastTransaction == MAX_TRANSACTION ? 1 : lastTransaction + 1;
    try {
      call.commands(version, lastTransaction, this::write);
    } catch (IllegalArgumentException e) {
      if (transactionIsOpen) {
        write(new TransactionCommand.Rollback(lastTransaction));
      }
      call.fail(new DictException(String.valueOf(e.getMessage()), e));
      closeIfDone();
      return;
    } finally {
      flush();
    }
    calls.put(Objects.requireNonNull(conversation).lastAsked(), call);
    call.sent(this);
  }

  private void write(DictCommand command) {
    ChannelFuture written = Objects.requireNonNull(context).write(command);
    if (written.cause() instanceof IllegalArgumentException refused) {
      throw refused;
    }
    if (command instanceof TransactionCommand part) {
      transactionIsOpen = part.type().answer() == null && !isRollback(part);
    }
  }

  private static boolean isRollback(TransactionCommand command) {
    return command instanceof TransactionCommand.Rollback;
  }

  /** Flushes once for all that is written in this turn of the event loop. */
  private void flush() {
    if (!flushIsDue) {
      flushIsDue = true;
      run(
          () -> {
            flushIsDue = false;
            Objects.requireNonNull(context).flush();
          });
    }
  }

  /** Runs a task on the client's event loop. */
  void run(Runnable task) {
    Objects.requireNonNull(context).executor().execute(task);
  }

  /** Starts or stops reading from the server. */
  void setReading(boolean reading) {
    Objects.requireNonNull(context).channel().config().setAutoRead(reading);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    DictReply reply = (DictReply) message;
    answers = true;
    if (reply instanceof DictReply.Accepted) {
      return;
    }
    boolean last = !(reply instanceof DictReply.Row);
    ClientCall<?> call =
        Objects.requireNonNull(last ? calls.remove(reply.asyncId()) : calls.get(reply.asyncId()));
    if (!call.isDone()) {
      call.reply(reply);
    }
    if (last) {
      owner.answered(this);
      closeIfDone();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      owner.answered(this);
    }
  }

  /** Takes no more calls, and closes after the last pending one. */
  void retire() {
    retired = true;
    closeIfDone();
  }

  private void closeIfDone() {
    if ((retired || forOneCall) && calls.values().stream().allMatch(ClientCall::isDone)) {
      close();
    }
  }

  /** Closes the connection. */
  void close() {
    var unused = Objects.requireNonNull(context).close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DictProtocolException) {
      end = "it broke the protocol: " + cause.getMessage();
    } else {
      // The reason why a certificate was rejected is the deepest cause.
      Throwable deepest = cause;
      while (deepest.getCause() != null) {
        deepest = deepest.getCause();
      }
      end =
          deepest instanceof IOException
              ? String.valueOf(deepest.getMessage())
              : deepest.toString();
    }
    var unused = ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    List<ClientCall<?>> left = List.copyOf(calls.values());
    calls.clear();
    owner.closed(this, end, left.stream().filter(call -> !call.isDone()).toList());
  }
}
