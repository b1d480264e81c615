package org.lastlogin.dictd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.lastlogin.jdbc.testing.TestDatabase;
import org.lastlogin.jdbc.testing.TestDatabases;

/**
 * A cluster of three MariaDB nodes on this host, started with the script for users; it ends with
 * this JVM. Thread-safe.
 */
final class GaleraCluster {
  private static final List<Path> NEEDED =
      List.of(
          Path.of("/usr/sbin/mariadbd"),
          Path.of("/usr/lib/galera/libgalera_smm.so"),
          Path.of("/usr/bin/rsync"));

  private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2", "127.0.0.3");
  private static final int PORT = 4306;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static GaleraCluster shared;

  private final Path directory;

  private GaleraCluster(Path directory) {
    this.directory = directory;
  }

  /** Skips the test where a cluster cannot run. */
  static void assumeThere() {
    for (Path file : NEEDED) {
      assumeTrue(
          Files.exists(file),
          () ->
              "skipped: There is no "
                  + file
                  + "; on Debian 12, as root: apt-get install --no-install-recommends"
                  + " mariadb-server galera-4 rsync");
    }
  }

  /** Returns the cluster of this JVM. */
  static synchronized GaleraCluster shared() throws IOException, InterruptedException {
    if (shared == null) {
      shared = create();
    }
    return shared;
  }

  private static GaleraCluster create() throws IOException, InterruptedException {
    Path parent = Files.createTempDirectory("lastlogin-galera");
    // The nodes do not run as root, even if the test does.
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
    GaleraCluster cluster = new GaleraCluster(parent.resolve("cluster"));
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::delete));
    Command.require(script("start"), cluster.directory.toString());
    return cluster;
  }

  private static String script(String name) {
    return Path.of("galera", name).toAbsolutePath().toString();
  }

  private void delete() {
    try {
      Command.require(script("stop"), directory.toString());
      Files.delete(directory.getParent());
    } catch (IOException | InterruptedException e) {
      System.err.println("Left behind: " + directory + ": " + e);
    }
  }

  /** Creates an empty database through the first reachable node. */
  TestDatabase newDatabase() throws SQLException {
    String name = "test" + NUMBER.incrementAndGet();
    database(HOSTS, "vmail").execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    return database(HOSTS, name);
  }

  /** Returns the same database through one node. */
  static TestDatabase at(int node, TestDatabase database) {
    return database(List.of(HOSTS.get(node - 1)), database.name());
  }

  private static TestDatabase database(List<String> hosts, String name) {
    String scheme = hosts.size() > 1 ? "jdbc:mariadb:sequential://" : "jdbc:mariadb://";
    String addresses = hosts.stream().map(h -> h + ":" + PORT).collect(Collectors.joining(","));
    return new TestDatabase(
        TestDatabases.HOST_MARIADB,
        hosts.get(0),
        PORT,
        name,
        "vmailadmin",
        "secret",
        scheme + addresses + "/" + name + "?sslMode=disable",
        "");
  }

  /** Returns the value of {@code connect} for a database, with all nodes. */
  static String connect(TestDatabase database) {
    return HOSTS.stream().map(host -> "host=" + host + " ").collect(Collectors.joining())
        + DictFiles.connect(database).replaceFirst("host=\\S+ ", "");
  }

  /** Returns the number of transactions that a node has aborted in favour of other nodes. */
  static int conflicts(int node) throws SQLException {
    return at(node, database(HOSTS, "vmail"))
        .query(
            "SHOW STATUS WHERE variable_name IN"
                + " ('wsrep_local_cert_failures', 'wsrep_local_bf_aborts')")
        .stream()
        .mapToInt(row -> Integer.parseInt(row.substring(row.indexOf(',') + 1)))
        .sum();
  }

  /** Kills a node with SIGKILL. */
  void kill(int node) throws IOException {
    String process = Files.readString(directory.resolve(node + "/pid")).strip();
    ProcessHandle.of(Long.parseLong(process)).orElseThrow().destroyForcibly();
  }

  /** Restarts a killed node, and waits until it is in sync with the others. */
  void start(int node) throws IOException, InterruptedException {
    Command.require(script("start"), directory.toString(), Integer.toString(node));
  }
}
