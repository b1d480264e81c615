package org.lastlogin.dictproto.client;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.lastlogin.dict.DictException;
import org.lastlogin.dictproto.Capability;
import org.lastlogin.dictproto.DictCommand;
import org.lastlogin.dictproto.DictVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection pool of a client: opens connections, and sends each call through one.
 *
 * <p>Most calls share connections, and go to the one with the fewest pending calls. Those that need
 * their own connection have one opened for them. The pool opens shared connections one after the
 * other, when all existing ones are busy; after a failure, only after a {@link ReconnectPause}.
 *
 * <p>In versions 2, HELLO names the user of the call for which the connection is opened, and {@code
 * shared/} keys of other users go through it, too. Only {@code priv/} keys depend on the user, and
 * one connection for each user would mean one for each login. Used by the client's event loop
 * alone.
 */
final class ConnectionPool implements ClientConnection.Owner {
  private static final Logger log = LoggerFactory.getLogger(ConnectionPool.class);

  /** With this many calls on each connection, another connection is opened. */
  private static final int BUSY = 8;

  private static final String CLOSED = "The dict client is closed";

  private final EventLoop loop;
  private final Connector connector;
  private final String dict;
  private final VersionChoice versions;
  private final ReconnectPause pause;
  private final int size;
  private final CallDeadlines deadlines;

  private final WaitingCalls waiting;

  private final List<ClientConnection> shared = new ArrayList<>();

  /** The connections for one call, each with its call. */
  private final Map<ClientConnection, ClientCall<?>> single = new HashMap<>();

  /** All calls that have not ended. */
  private final Set<ClientCall<?>> active = new HashSet<>();

  /** Whether a connection is being opened that calls are to share. */
  private boolean opening;

  /** What to do once the last call has ended; set when no more calls are taken. */
  private @Nullable Runnable whenEnded;

  ConnectionPool(
      EventLoop loop,
      Connector connector,
      DictClient.Builder settings,
      VersionChoice versions,
      ReconnectDelay reconnectDelay) {
    this.loop = loop;
    this.connector = connector;
    this.dict = settings.dict;
    this.versions = versions;
    this.size = settings.connections;
    this.deadlines = new CallDeadlines(loop, connector, settings);
    this.pause = new ReconnectPause(loop, connector, reconnectDelay, this::advance);
    this.waiting = new WaitingCalls(deadlines, pause::lastFailure);
  }

  /** Takes a call, and sends it as soon as there is a connection for it. */
  void submit(ClientCall<?> call) {
    if (whenEnded != null) {
      call.fail(new DictException(CLOSED));
    } else if (waiting.isFull(call)) {
      call.fail(
          new DictException(
              "Too many calls wait for a connection to "
                  + connector
                  + " already: "
                  + WaitingCalls.MAX));
    } else {
      active.add(call);
      var unused = call.result.whenComplete((value, failure) -> ended(call));
      waiting.add(call);
      advance();
    }
  }

  private void ended(ClientCall<?> call) {
    active.remove(call);
    if (active.isEmpty() && whenEnded != null) {
      disconnect(whenEnded);
    }
  }

  /** Sends the calls that can be sent, and opens the connections that are needed. */
  private void advance() {
    DictVersion version = versions.known();
    if (version != null) {
      sendWaiting(version);
      openOwn(version);
    }
    openMore(version);
  }

  private void openOwn(DictVersion version) {
    ClientCall<?> call = null;
    while (!pause.lasts() && single.size() < size && (call = waiting.takeForOwn()) != null) {
      openFor(call, version);
    }
  }

  private void sendWaiting(DictVersion version) {
    for (Iterator<ClientCall<?>> calls = waiting.forShared(); calls.hasNext(); ) {
      ClientCall<?> call = calls.next();
      ClientConnection connection = leastBusy(call);
      if (connection != null) {
        calls.remove();
        send(call, connection);
      } else if (version.has(Capability.USER_PER_COMMAND)) {
        // Every connection serves every call, and all are full.
        return;
      }
    }
  }

  private @Nullable ClientConnection leastBusy(ClientCall<?> call) {
    ClientConnection best = null;
    for (ClientConnection connection : shared) {
      if (connection.hasRoom()
          && connection.serves(call)
          && (best == null || connection.pending() < best.pending())) {
        best = connection;
      }
    }
    return best;
  }

  private void send(ClientCall<?> call, ClientConnection connection) {
    deadlines.untilAnswered(
        call,
        () -> {
          // Other calls there may have no answer either.
          connection.retire();
          advance();
        });
    connection.send(call);
  }

  private void openMore(@Nullable DictVersion version) {
    if (opening || pause.lasts()) {
      return;
    }
    if (version == null) {
      if (!waiting.isEmpty()) {
        openShared(versions.candidate(), "");
      }
      return;
    }
    ClientCall<?> first = waiting.firstForShared();
    if (first != null && makeRoom(first)) {
      openShared(version, first.helloUser(version));
      return;
    }
    boolean allBusy = shared.stream().allMatch(connection -> connection.pending() >= BUSY);
    if (!shared.isEmpty() && allBusy && shared.size() < size) {
      openShared(version, shared.get(shared.size() - 1).user());
    }
  }

  /**
   * Returns whether one more connection may be opened. If the pool is full, and no connection
   * serves the call's user, retires one of another user.
   */
  private boolean makeRoom(ClientCall<?> call) {
    if (shared.size() < size) {
      return true;
    }
    if (shared.stream().noneMatch(connection -> connection.serves(call))) {
      pause.note("all connections are busy with the keys of other users");
      shared.stream()
          .min(Comparator.comparingInt(ClientConnection::pending))
          .ifPresent(ClientConnection::retire);
    }
    return false;
  }

  private void openShared(DictVersion version, String user) {
    opening = true;
    ClientConnection connection = new ClientConnection(hello(version, user), version, false, this);
    onFailure(connector.open(connection), () -> opening = false);
  }

  private void openFor(ClientCall<?> call, DictVersion version) {
    ClientConnection connection =
        new ClientConnection(hello(version, call.helloUser(version)), version, true, this);
    single.put(connection, call);
    onFailure(
        connector.open(connection),
        () -> {
          single.remove(connection);
          waiting.putBack(call);
        });
  }

  private void onFailure(ChannelFuture opened, Runnable action) {
    opened.addListener(
        done -> {
          if (!done.isSuccess()) {
            action.run();
            pause.begin(String.valueOf(done.cause().getMessage()));
          }
        });
  }

  private DictCommand.Hello hello(DictVersion version, String user) {
    return new DictCommand.Hello(version.major(), version.minor(), 0, user, dict);
  }

  @Override
  public void opened(ClientConnection connection) {
    ClientCall<?> own = single.get(connection);
    if (own != null && own.isDone()) {
      connection.close();
    } else if (own != null) {
      send(own, connection);
    } else if (versions.known() == null) {
      probe(connection);
    } else {
      use(connection);
    }
  }

  private void probe(ClientConnection connection) {
    ClientProbe probe = new ClientProbe();
    var unused =
        probe.result.thenRun(
            () -> {
              log.debug("{}: speaks version {}", connector, connection.version());
              versions.accepted(connection.version());
              use(connection);
            });
    send(probe, connection);
  }

  private void use(ClientConnection connection) {
    opening = false;
    pause.reset();
    shared.add(connection);
    advance();
  }

  @Override
  public void answered(ClientConnection connection) {
    if (waiting.firstForShared() != null) {
      advance();
    }
  }

  @Override
  public void closed(ClientConnection connection, String why, List<ClientCall<?>> unanswered) {
    boolean wasProbe = !shared.remove(connection) && !connection.isForOneCall();
    ClientCall<?> own = single.remove(connection);
    log.debug("{}: disconnected: {}", connector, why);
    if (!connection.wasOpened()) {
      if (own == null) {
        opening = false;
      } else {
        waiting.putBack(own);
      }
      pause.begin(why);
      return;
    }
    if (wasProbe) {
      refused(connection, why);
      return;
    }
    for (int i = unanswered.size() - 1; i >= 0; i--) {
      again(unanswered.get(i), why);
    }
    if (!unanswered.isEmpty()) {
      if (!connection.hasAnswered()) {
        // Perhaps the server does not know the version any more.
        versions.forget();
      }
      pause.begin(why);
    }
    advance();
  }

  /** Handles that the server closed a connection instead of answering the probe of a version. */
  private void refused(ClientConnection connection, String why) {
    opening = false;
    log.debug("{}: does not speak version {}", connector, connection.version());
    // Noted each time: a call may time out while the versions are tried once more.
    String question = "; does it serve the dict \"" + dict + "\"?";
    if (versions.refused()) {
      pause.note(why + question);
      advance();
    } else {
      pause.begin("it answered in none of the versions " + DictVersion.NEWEST_FIRST + question);
    }
  }

  private void again(ClientCall<?> call, String why) {
    if (call.mayBeSentAgain()) {
      waiting.addAgain(call);
    } else {
      call.failUnanswered("Lost the connection to the dict server at " + connector + ": " + why);
    }
  }

  /**
   * Takes no more calls, and disconnects after the last one. After the timeout, fails the calls
   * that are left.
   *
   * @param then what to do after that
   */
  void close(Duration timeout, Runnable then) {
    whenEnded = then;
    if (active.isEmpty()) {
      disconnect(then);
      return;
    }
    var unused =
        loop.schedule(
            () -> List.copyOf(active).forEach(call -> call.failUnanswered(CLOSED)),
            timeout.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private void disconnect(Runnable then) {
    List.copyOf(shared).forEach(ClientConnection::close);
    Set.copyOf(single.keySet()).forEach(ClientConnection::close);
    then.run();
  }
}
