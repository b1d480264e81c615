package org.lastlogin.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures clients that request endless iterations and never read: their memory, and the latency of
 * other clients. Exits with 1 if one of them took more than 1 MiB, or if a look-up took more than
 * twice as long.
 */
final class UnreadIterations {
  private static final int CLIENTS = 100;
  private static final long MOST_BYTES = 1 << 20;
  private static final double LONGEST_RATIO = 2;
  private static final int ROUNDS = 3;
  private static final int LOOKUPS = 10_000;
  private static final int WARM_UP = 100_000;
  private static final int WARM_UP_AGAIN = 500;

  /** More than run at the same time, so that some wait in the queue. */
  private static final String ITERATIONS = "I0\t0\tshared/\t\n".repeat(10);

  private static final double KIB = 1 << 10;

  private final LoadServerProcess server;
  private final byte[] unread;
  private final WireConnection reader;
  private final byte[] lookup = LoginTraffic.lookupBytes();
  private Latencies alone = Latencies.NONE;
  private Latencies amongUnread = Latencies.NONE;
  private long bytesPerClient;

  private UnreadIterations(LoadServerProcess server, String dict, WireConnection reader) {
    this.server = server;
    this.unread = ("H3\t2\t0\t\t" + dict + "\n" + ITERATIONS).getBytes(StandardCharsets.UTF_8);
    this.reader = reader;
  }

  public static void main(String[] arguments) throws Exception {
    TimeLimit.start(Duration.ofMinutes(10));
    boolean ordinary = held("Rows of last_login", LoadServer.ENDLESS);
    boolean large = held("Rows of 60,000 bytes", LoadServer.ENDLESS_LARGE);
    System.exit(ordinary && large ? 0 : 1);
  }

  private static boolean held(String title, String dict) throws IOException, InterruptedException {
    System.out.println(title);
    try (LoadServerProcess server =
            LoadServerProcess.start("-Xmx64m", "-XX:MaxDirectMemorySize=64m");
        WireConnection reader = WireConnection.open(server.socket())) {
      return new UnreadIterations(server, dict, reader).run();
    }
  }

  private boolean run() throws IOException, InterruptedException {
    reader.ask(LoginTraffic.loginBytes());
    lookups(WARM_UP);
    ServerState before = server.state();
    System.out.printf("before: %s%n", before);
    for (int round = 1; round <= ROUNDS; round++) {
      server.awaitConnections(1);
      alone = alone.and(measured());
      amongUnread(before);
    }
    server.awaitConnections(1);
    System.out.printf("after: %s%n", server.state());
    double ratio = amongUnread.ratioTo(alone);
    System.out.printf(
        Locale.ROOT,
        "All rounds%n  alone: %s%n  among unread iterations: %s%n"
            + "  ratio %.2f, at most %.0f; %.0f KiB for each client, at most %.0f%n%n",
        alone,
        amongUnread,
        ratio,
        LONGEST_RATIO,
        bytesPerClient / KIB,
        MOST_BYTES / KIB);
    return ratio <= LONGEST_RATIO && bytesPerClient <= MOST_BYTES;
  }

  private void amongUnread(ServerState before) throws IOException, InterruptedException {
    List<WireConnection> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        WireConnection client = WireConnection.open(server.socket());
        clients.add(client);
        client.send(unread);
      }
      server.awaitConnections(1 + CLIENTS);
      amongUnread = amongUnread.and(measured());
      ServerState with = server.state();
      System.out.printf("%d clients that do not read: %s%n", with.connections() - 1, with);
      bytesPerClient = Math.max(bytesPerClient, (with.ownBytes() - before.ownBytes()) / CLIENTS);
    } finally {
      for (WireConnection client : clients) {
        client.close();
      }
    }
  }

  private Latencies measured() throws IOException {
    lookups(WARM_UP_AGAIN);
    Latencies lookups = lookups(LOOKUPS);
    System.out.printf("  look-up: %s%n", lookups);
    return lookups;
  }

  private Latencies lookups(int times) throws IOException {
    return Latencies.measure(times, () -> reader.ask(lookup));
  }
}
