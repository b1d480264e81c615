package org.lastlogin.dictd;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.lastlogin.dictproto.testing.WireClient;
import org.lastlogin.jdbc.testing.CommitAnswer;

/**
 * A client of a dict server that always has several commits in flight, and reconnects when its
 * connection is closed. Runs in its own thread until it is stopped; then it waits for the commits
 * in flight.
 */
final class LoadClient implements Callable<Void> {
  private static final Duration BEFORE_NEXT_CONNECTION = Duration.ofMillis(20);

  /** Supplies commits; each is answered before the next is made. */
  interface Source {
    /** Returns the keys and values that the next transaction sets, as they follow S. */
    List<String> next();

    /**
     * Called when the commit is answered.
     *
     * @param answer {@link CommitAnswer#UNKNOWN} also if the connection was closed
     * @param text the server's reply, or why there is none
     */
    void answered(CommitAnswer answer, Duration took, String text);
  }

  private final Path socket;
  private final List<? extends Source> sources;
  private final long[] sentAt;
  private final BooleanSupplier stop;
  private int sequence;
  private int inFlight;

  /**
   * Creates a client.
   *
   * @param sources what makes its commits; as many as there are, are in flight at a time
   */
  LoadClient(Path socket, List<? extends Source> sources, BooleanSupplier stop) {
    this.socket = socket;
    this.sources = sources;
    this.sentAt = new long[sources.size()];
    this.stop = stop;
  }

  @Override
  public Void call() throws IOException {
    while (!stop.getAsBoolean()) {
      try (WireClient connection = connect()) {
        if (connection != null) {
          useUp(connection);
        }
      }
      // The server is restarting; a faster retry would not help.
      LockSupport.parkNanos(BEFORE_NEXT_CONNECTION.toNanos());
    }
    return null;
  }

  private WireClient connect() {
    try {
      return WireClient.connect(socket);
    } catch (IOException notThere) {
      return null;
    }
  }

  /** Runs until the server closes the connection, or no commit is in flight. */
  private void useUp(WireClient connection) throws IOException {
    String end = "closed";
    try {
      connection.send("H3\t2\t0\t\tlastlogin");
      for (int i = 0; i < sources.size(); i++) {
        commit(connection, i);
      }
      while (inFlight > 0) {
        String line = connection.readLine();
        if (line == null) {
          break;
        }
        int answered = answered(line);
        if (answered >= 0 && !stop.getAsBoolean()) {
          commit(connection, answered);
        }
      }
    } catch (IOException e) {
      end = e.toString();
    }
    for (int i = 0; i < sources.size(); i++) {
      if (sentAt[i] != 0) {
        answered(i, CommitAnswer.UNKNOWN, end);
      }
    }
  }

  private void commit(WireClient connection, int source) throws IOException {
    int id = ++sequence * sources.size() + source;
    sentAt[source] = System.nanoTime();
    inFlight++;
    StringBuilder lines = new StringBuilder("B" + id + "\t\n");
    for (String set : sources.get(source).next()) {
      lines.append('S').append(id).append('\t').append(set).append('\n');
    }
    connection.send(lines.append('C').append(id).toString());
  }

  /** Reads a reply such as +7\tO12; returns whose commit it answers, -1 if it answers none. */
  private int answered(String line) {
    if (line.startsWith("*")) {
      return -1;
    }
    String reply = line.substring(line.indexOf('\t') + 1);
    int source = Integer.parseInt(reply.substring(1).split("\t", 2)[0]) % sources.size();
    CommitAnswer answer =
        switch (reply.charAt(0)) {
          case 'O' -> CommitAnswer.COMMITTED;
          case 'N' -> CommitAnswer.NOT_FOUND;
          case 'F' -> CommitAnswer.FAILED;
          case 'W' -> CommitAnswer.UNKNOWN;
          default -> throw new IllegalStateException("No answer to a commit: " + line);
        };
    answered(source, answer, line);
    return source;
  }

  private void answered(int source, CommitAnswer answer, String text) {
    Duration took = Duration.ofNanos(System.nanoTime() - sentAt[source]);
    sentAt[source] = 0;
    inFlight--;
    sources.get(source).answered(answer, took, text);
  }

  /** Returns the key and value that an IMAP login sets. */
  static String login(String service, int mailbox, long time) {
    return String.format(
        Locale.ROOT,
        "shared/last-login/%s/user%d@example.com/example.com\t%d",
        service,
        mailbox,
        time);
  }
}
