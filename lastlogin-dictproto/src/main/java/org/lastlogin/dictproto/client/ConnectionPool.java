package org.lastlogin.dictproto.client;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
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
 * A client's connections, and the calls that wait for one. Used by the client's event loop alone.
 *
 * <p>A call goes to the connection with the fewest others. Connections are opened one after the
 * other, when those there are have much to do; after a failure, only after a pause.
 */
final class ConnectionPool implements ClientConnection.Owner {
  private static final Logger log = LoggerFactory.getLogger(ConnectionPool.class);

  /** More than this would wait for so long that nobody wants the answer any more. */
  private static final int MAX_WAITING = 10_000;

  /** With so many calls on each connection, one more connection is worth its while. */
  private static final int BUSY = 8;

  private static final String CLOSED = "The dict client is closed";

  private final EventLoop loop;
  private final Connector connector;
  private final String dict;
  private final VersionChoice versions;
  private final ReconnectDelay reconnectDelay;
  private final int size;
  private final CallDeadlines deadlines;

  private final List<ClientConnection> shared = new ArrayList<>();

  /** Those that are for one call, each with its call. */
  private final Map<ClientConnection, ClientCall<?>> single = new HashMap<>();

  private final Deque<ClientCall<?>> waiting = new ArrayDeque<>();

  /** Those that wait for a connection of their own. */
  private final Deque<ClientCall<?>> waitingForOwn = new ArrayDeque<>();

  /** All calls that have not ended. */
  private final Set<ClientCall<?>> active = new HashSet<>();

  /** Whether a connection is being opened that calls are to share. */
  private boolean opening;

  /** Whether the pause after a failure lasts. */
  private boolean resting;

  private String lastFailure = "not connected yet";

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
    this.reconnectDelay = reconnectDelay;
    this.size = settings.connections;
    this.deadlines = new CallDeadlines(loop, connector, settings);
  }

  /** Takes a call, which is sent as soon as there is a connection for it. */
  void submit(ClientCall<?> call) {
    if (whenEnded != null) {
      call.fail(new DictException(CLOSED));
    } else if (queueOf(call).size() >= MAX_WAITING) {
      call.fail(
          new DictException(
              "Too many calls wait for a connection to " + connector + " already: " + MAX_WAITING));
    } else {
      active.add(call);
      var unused = call.result.whenComplete((value, failure) -> ended(call));
      limitWaiting(call);
      queueOf(call).addLast(call);
      advance();
    }
  }

  private void limitWaiting(ClientCall<?> call) {
    deadlines.untilSent(
        call,
        () -> {
          queueOf(call).remove(call);
          return lastFailure;
        });
  }

  private Deque<ClientCall<?>> queueOf(ClientCall<?> call) {
    return call.needsOwnConnection() ? waitingForOwn : waiting;
  }

  private void ended(ClientCall<?> call) {
    active.remove(call);
    if (active.isEmpty() && whenEnded != null) {
      disconnect(whenEnded);
    }
  }

  /** Sends what can be sent, and opens what can be opened. */
  private void advance() {
    DictVersion version = versions.known();
    if (version != null) {
      sendWaiting(version);
      while (!resting && single.size() < size && !waitingForOwn.isEmpty()) {
        openFor(waitingForOwn.removeFirst(), version);
      }
    }
    openMore(version);
  }

  private void sendWaiting(DictVersion version) {
    for (Iterator<ClientCall<?>> calls = waiting.iterator(); calls.hasNext(); ) {
      ClientCall<?> call = calls.next();
      ClientConnection connection = leastBusy(call, version);
      if (connection != null) {
        calls.remove();
        send(call, connection);
      } else if (version.has(Capability.USER_PER_COMMAND)) {
        // One connection is as good as another, and all are full.
        return;
      }
    }
  }

  private @Nullable ClientConnection leastBusy(ClientCall<?> call, DictVersion version) {
    ClientConnection best = null;
    for (ClientConnection connection : shared) {
      if (connection.hasRoom()
          && serves(connection, call, version)
          && (best == null || connection.pending() < best.pending())) {
        best = connection;
      }
    }
    return best;
  }

  private static boolean serves(
      ClientConnection connection, ClientCall<?> call, DictVersion version) {
    return !call.needsUser() || connection.user().equals(userOf(call, version));
  }

  /** The user whom HELLO names on a connection that is opened for a call. */
  private static String userOf(ClientCall<?> call, DictVersion version) {
    return version.has(Capability.USER_PER_COMMAND) ? "" : call.context.username();
  }

  private void send(ClientCall<?> call, ClientConnection connection) {
    deadlines.untilAnswered(
        call,
        () -> {
          // Who knows what becomes of the others there.
          connection.retire();
          advance();
        });
    connection.send(call);
  }

  private void openMore(@Nullable DictVersion version) {
    if (opening || resting) {
      return;
    }
    if (version == null) {
      if (!waiting.isEmpty() || !waitingForOwn.isEmpty()) {
        openShared(versions.candidate(), "");
      }
      return;
    }
    if (!waiting.isEmpty() && makeRoom(waiting.getFirst(), version)) {
      openShared(version, userOf(waiting.getFirst(), version));
      return;
    }
    boolean allBusy = shared.stream().allMatch(connection -> connection.pending() >= BUSY);
    if (!shared.isEmpty() && allBusy && shared.size() < size) {
      openShared(version, shared.get(shared.size() - 1).user());
    }
  }

  /**
   * Whether one more connection may be opened. If there are as many as there may be, and none
   * serves the call's user, another user's makes room once it is done.
   */
  private boolean makeRoom(ClientCall<?> call, DictVersion version) {
    if (shared.size() < size) {
      return true;
    }
    if (shared.stream().noneMatch(connection -> serves(connection, call, version))) {
      lastFailure = "all connections are busy with the keys of other users";
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
        new ClientConnection(hello(version, userOf(call, version)), version, true, this);
    single.put(connection, call);
    onFailure(
        connector.open(connection),
        () -> {
          single.remove(connection);
          waitAgain(call);
        });
  }

  /** For a call whose connection could not be opened; its time runs on. */
  private void waitAgain(ClientCall<?> call) {
    if (!call.isDone()) {
      queueOf(call).addFirst(call);
    }
  }

  private void onFailure(ChannelFuture opened, Runnable action) {
    opened.addListener(
        done -> {
          if (!done.isSuccess()) {
            action.run();
            failed(String.valueOf(done.cause().getMessage()));
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
    reconnectDelay.reset();
    shared.add(connection);
    advance();
  }

  @Override
  public void answered(ClientConnection connection) {
    if (!waiting.isEmpty()) {
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
        waitAgain(own);
      }
      failed(why);
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
        // Perhaps it does not know the version any more.
        versions.forget();
      }
      failed(why);
    }
    advance();
  }

  /** The server has closed a connection instead of answering what was sent to try a version. */
  private void refused(ClientConnection connection, String why) {
    opening = false;
    log.debug("{}: does not speak version {}", connector, connection.version());
    // Said each time, for a call may give up while the versions are tried once more.
    String question = "; does it serve the dict \"" + dict + "\"?";
    if (versions.refused()) {
      lastFailure = why + question;
      advance();
    } else {
      failed("it answered in none of the versions " + DictVersion.NEWEST_FIRST + question);
    }
  }

  private void again(ClientCall<?> call, String why) {
    if (call.mayBeSentAgain()) {
      limitWaiting(call);
      queueOf(call).addFirst(call);
    } else {
      call.failUnanswered("Lost the connection to the dict server at " + connector + ": " + why);
    }
  }

  private void failed(String why) {
    lastFailure = why;
    if (resting) {
      return;
    }
    resting = true;
    Duration pause = reconnectDelay.next();
    log.debug("{}: {}; again in {} ms", connector, why, pause.toMillis());
    var unused =
        loop.schedule(
            () -> {
              resting = false;
              advance();
            },
            pause.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /**
   * Takes no more calls, and disconnects after the last one, or when that has taken too long.
   *
   * @param then what to do in the end
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
