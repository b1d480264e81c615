package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Arrays;
import org.lastlogin.benchmarks.Latencies;
import org.lastlogin.dictproto.DictProtocolException;
import org.lastlogin.dictproto.DictReply;

/**
 * Loads a server from one thread, which shares the processors with the server and its database. It
 * reads replies as soon as they arrive, and then sends the next requests at once.
 *
 * <p>It is a closed loop: each answered request is followed by another one. When the server closes
 * a connection, the requests in flight on it fail, and it is not replaced.
 */
final class LoadGenerator {
  private static final long ANSWER_TIMEOUT_MILLIS = 60_000;
  private static final int BUFFER = 64 * 1024;

  private final Load load;
  private final Requests requests;
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final Failures failures = new Failures();
  private final long start = System.nanoTime();
  private final Duration cpuBefore = cpu();
  private final long nanos;
  private long[] latencies = new long[1024];
  private int answered;
  private int open;
  private boolean exhausted;

  private LoadGenerator(Load load, Requests requests, Duration duration, Selector selector) {
    this.load = load;
    this.requests = requests;
    this.nanos = duration.toNanos();
    this.selector = selector;
  }

  /**
   * Loads a server until there are no more requests or the time is over, and waits for the answers
   * to all sent requests.
   *
   * @throws IOException if no server listens at the socket, or no answer comes within a minute
   */
  static LoadResult run(Load load, Requests requests, Duration duration) throws IOException {
    try (Selector selector = Selector.open()) {
      return new LoadGenerator(load, requests, duration, selector).run();
    }
  }

  private LoadResult run() throws IOException {
    try {
      for (int i = 0; i < load.connections(); i++) {
        open();
      }
      while (open > 0) {
        if (selector.select(ANSWER_TIMEOUT_MILLIS) == 0) {
          throw new IOException("No answer within " + ANSWER_TIMEOUT_MILLIS + " ms");
        }
        for (SelectionKey key : selector.selectedKeys()) {
          serve(connection(key));
        }
        selector.selectedKeys().clear();
      }
    } finally {
      for (SelectionKey key : selector.keys()) {
        connection(key).close();
      }
    }
    return new LoadResult(
        Latencies.ofNanos(Arrays.copyOf(latencies, answered)),
        Duration.ofNanos(System.nanoTime() - start),
        cpu().minus(cpuBefore),
        failures.count(),
        failures.texts());
  }

  /** Returns the CPU time of this process so far; Linux has a resolution of 10 ms. */
  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static LoadConnection connection(SelectionKey key) {
    return (LoadConnection) key.attachment();
  }

  /** Opens a connection and sends its first requests, unless the load is over. */
  private void open() throws IOException {
    // The latency of a login includes that of connecting.
    long now = System.nanoTime();
    if (isOver(now)) {
      return;
    }
    LoadConnection connection = LoadConnection.open(load, selector);
    open++;
    try {
      send(connection, now);
    } catch (IOException e) {
      lose(connection, e);
    }
  }

  private boolean isOver(long now) {
    return exhausted || now - start >= nanos;
  }

  /** Sends requests until the limit of requests in flight is reached. */
  private void send(LoadConnection connection, long now) throws IOException {
    boolean added = false;
    while (connection.inFlight() < load.inFlight() && !isOver(now)) {
      Request request = requests.next();
      if (request == null) {
        exhausted = true;
      } else {
        connection.add(request, now);
        added = true;
      }
    }
    if (added) {
      connection.flush();
    }
  }

  private void serve(LoadConnection connection) throws IOException {
    try {
      connection.read(buffer);
      long now = System.nanoTime();
      takeReplies(connection, now);
      if (!load.opensAgain()) {
        send(connection, now);
      }
    } catch (IOException | DictProtocolException e) {
      lose(connection, e);
      return;
    }
    if (connection.inFlight() == 0) {
      close(connection);
      if (load.opensAgain()) {
        open();
      }
    }
  }

  private void takeReplies(LoadConnection connection, long now) {
    for (DictReply reply; (reply = connection.nextReply()) != null; ) {
      if (!(reply instanceof DictReply.Accepted)) {
        take(reply, connection.waitingFor(reply), now);
      }
    }
  }

  private void take(DictReply reply, LoadConnection.Waiting waiting, long now) {
    String objection = waiting.request().objection(reply);
    if (objection != null) {
      failures.add(1, objection);
    } else if (!(reply instanceof DictReply.Row)) {
      if (answered == latencies.length) {
        latencies = Arrays.copyOf(latencies, 2 * answered);
      }
      latencies[answered++] = now - waiting.since();
    }
  }

  private void lose(LoadConnection connection, Exception why) throws IOException {
    failures.add(
        connection.inFlight(),
        why.getMessage()
            + ", with "
            + connection.inFlight()
            + " requests in flight of version "
            + load.version());
    close(connection);
  }

  private void close(LoadConnection connection) throws IOException {
    connection.close();
    open--;
  }
}
