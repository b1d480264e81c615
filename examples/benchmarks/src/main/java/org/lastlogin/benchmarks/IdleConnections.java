package org.lastlogin.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the latency of logins while thousands of other connections are idle, and the memory of
 * these in a server with a small heap. Exits with 1 if a login took more than twice as long, or if
 * a connection was lost.
 */
final class IdleConnections {
  private static final int CONNECTIONS = 10_000;
  private static final double LONGEST_RATIO = 2;
  private static final int ROUNDS = 4;
  private static final int LOGINS = 5_000;

  /**
   * Warm-up logins until both programs are compiled, and a few for the caches after each change.
   */
  private static final int WARM_UP = 30_000;

  private static final int WARM_UP_AGAIN = 500;

  private final LoadServerProcess server;
  private final byte[] login = LoginTraffic.loginBytes();
  private Latencies alone = Latencies.NONE;
  private Latencies amongIdle = Latencies.NONE;
  private int lost;

  private IdleConnections(LoadServerProcess server) {
    this.server = server;
  }

  public static void main(String[] arguments) throws Exception {
    OpenFiles.requireRoomFor(CONNECTIONS);
    TimeLimit.start(Duration.ofMinutes(10));
    boolean held;
    try (LoadServerProcess server = LoadServerProcess.start("-Xmx256m")) {
      held = new IdleConnections(server).run();
    }
    System.exit(held ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    logins(WARM_UP);
    for (int round = 1; round <= ROUNDS; round++) {
      System.out.printf("Round %d%n", round);
      // In turn, so that neither is always the first.
      if (round % 2 == 0) {
        withIdleConnections();
        withoutIdleConnections();
      } else {
        withoutIdleConnections();
        withIdleConnections();
      }
    }
    double ratio = amongIdle.ratioTo(alone);
    System.out.printf(
        Locale.ROOT,
        "All rounds%n  alone: %s%n  among idle ones: %s%n  ratio %.2f, at most %.0f; %d lost%n",
        alone,
        amongIdle,
        ratio,
        LONGEST_RATIO,
        lost);
    return ratio <= LONGEST_RATIO && lost == 0;
  }

  private void withoutIdleConnections() throws IOException, InterruptedException {
    server.awaitConnections(0);
    System.out.printf("no idle connections: %s%n", server.state());
    alone = alone.and(measured());
  }

  private void withIdleConnections() throws IOException, InterruptedException {
    List<WireConnection> idle = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        WireConnection connection = WireConnection.open(server.socket());
        idle.add(connection);
        connection.send(LoginTraffic.helloBytes());
      }
      server.awaitConnections(CONNECTIONS);
      System.out.printf("%d idle connections: %s%n", CONNECTIONS, server.state());
      amongIdle = amongIdle.and(measured());
      idle.forEach(this::countIfLost);
    } finally {
      for (WireConnection connection : idle) {
        connection.close();
      }
    }
  }

  private Latencies measured() throws IOException {
    logins(WARM_UP_AGAIN);
    Latencies logins = logins(LOGINS);
    System.out.printf("  login: %s%n", logins);
    return logins;
  }

  /** Logs in as Dovecot does, over a new connection. */
  private Latencies logins(int times) throws IOException {
    return Latencies.measure(
        times,
        () -> {
          try (WireConnection connection = WireConnection.open(server.socket())) {
            connection.ask(login);
          }
        });
  }

  private void countIfLost(WireConnection connection) {
    try {
      connection.ask(LoginTraffic.lookupBytes());
    } catch (IOException e) {
      lost++;
    }
  }
}
