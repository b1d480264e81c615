package org.lastlogin.jdbc.testing;

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

  /** Starts a server whose data need not outlive the machine. */
  private static SqlServer unpacked() throws Exception {
    TestCertificate certificate = TestCertificate.shared();
    MariaDbProcess process =
        MariaDbProcess.start(
            "--character-set-server=utf8mb4",
            "--ssl-ca=" + certificate.certificate(),
            "--ssl-cert=" + certificate.certificate(),
            "--ssl-key=" + certificate.key(),
            "--innodb-flush-log-at-trx-commit=0");
    return process.server();
  }
}
