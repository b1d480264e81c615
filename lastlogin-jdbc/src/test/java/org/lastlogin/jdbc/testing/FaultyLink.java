package org.lastlogin.jdbc.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP port that leads to a database server, and on which {@linkplain LinkFault faults} happen to
 * connections: for what becomes of a commit when its connection breaks or falls silent. Without TLS
 * and compression only. Safe for use by any number of threads.
 */
public final class FaultyLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FaultyLink.class);

  private final ServerSocket listening;
  private final TestDatabase database;
  private final FaultPlan plan = new FaultPlan();
  private final Set<FaultyConnection> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private FaultyLink(ServerSocket listening, TestDatabase database) {
    this.listening = listening;
    this.database = database;
  }

  /** Opens a port that leads to the server of a database. */
  public static FaultyLink to(TestDatabase database) throws IOException {
    FaultyLink link =
        new FaultyLink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), database);
    link.threads.execute(link::accept);
    return link;
  }

  /** The database as it is reached through this port, by drivers that give up soon. */
  public TestDatabase database() {
    int port = listening.getLocalPort();
    String url =
        switch (database.kind()) {
          case MARIADB ->
              "jdbc:mariadb://127.0.0.1:"
                  + port
                  + "/"
                  + database.name()
                  + "?sslMode=disable&connectTimeout=1000";
          // A statement that the server has prepared is sent by its number, COMMIT included.
          case POSTGRESQL ->
              "jdbc:postgresql://127.0.0.1:"
                  + port
                  + "/"
                  + database.name()
                  + "?connectTimeout=1&socketTimeout=3&prepareThreshold=0";
          default -> throw new IllegalArgumentException(database.toString());
        };
    return new TestDatabase(
        database.kind(),
        "127.0.0.1",
        port,
        database.name(),
        database.user(),
        database.password(),
        url,
        "");
  }

  /** Has a fault happen after those that are planned already. */
  public void plan(LinkFault fault) {
    plan.add(fault);
  }

  /** How many faults have happened. */
  public int struck() {
    return plan.struck();
  }

  /** How many faults have not happened yet. */
  public int left() {
    return plan.left();
  }

  /** How many connections there are, those included whose client has given up. */
  public int connections() {
    return open.size();
  }

  private void accept() {
    while (true) {
      try {
        Socket client = listening.accept();
        client.setTcpNoDelay(true);
        Socket server = new Socket(database.host(), database.port());
        server.setTcpNoDelay(true);
        serve(new FaultyConnection(client, server, plan, this::cutAll));
      } catch (IOException e) {
        log.debug("no more connections: {}", e.toString());
        return;
      }
    }
  }

  private void serve(FaultyConnection connection) {
    open.add(connection);
    threads.execute(
        () -> {
          connection.carryRequests();
          open.remove(connection);
        });
    threads.execute(connection::carryAnswers);
  }

  private void cutAll() throws IOException {
    listening.close();
    for (FaultyConnection connection : open) {
      connection.close();
    }
  }

  @Override
  public void close() throws IOException {
    cutAll();
    threads.shutdownNow();
  }
}
