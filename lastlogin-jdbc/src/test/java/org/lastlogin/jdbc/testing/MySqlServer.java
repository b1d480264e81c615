package org.lastlogin.jdbc.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.MountableFile;

/** The MySQL of this JVM: in a container, or that of a Debian system. */
final class MySqlServer {
  private static final String IMAGE = "mysql:9.7";
  private static final DebianSystem DEBIAN = DebianSystem.named("LASTLOGIN_MYSQL");

  private static SqlServer shared;

  private MySqlServer() {}

  /** What is missing, and what to do about it. */
  static Optional<String> missing() {
    if (isDockerAvailable()) {
      return Optional.empty();
    }
    Path server = DEBIAN.root().resolve("usr/sbin/mysqld");
    if (!Files.exists(server)) {
      return Optional.of("There is no " + server + DEBIAN.remedy(".ci/debian-mysql"));
    }
    return "root".equals(System.getProperty("user.name"))
        ? Optional.empty()
        : Optional.of("Another root directory is for root alone: run these tests as root");
  }

  static synchronized SqlServer shared() throws IOException, InterruptedException {
    if (shared == null) {
      shared = isDockerAvailable() ? inContainer() : inDebian();
    }
    return shared;
  }

  private static boolean isDockerAvailable() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  // The container lives as long as the JVM; Testcontainers removes it then.
  @SuppressWarnings("resource")
  private static SqlServer inContainer() throws IOException {
    Path init = SqlServer.writeInitSql(TestDatabases.temporaryDirectory());
    MySQLContainer container =
        new MySQLContainer(IMAGE)
            .withCopyFileToContainer(
                MountableFile.forHostPath(init), "/docker-entrypoint-initdb.d/tester.sql");
    container.start();
    return SqlServer.mySql(
        TestDatabases.MYSQL,
        container.getHost(),
        container.getMappedPort(MySQLContainer.MYSQL_PORT),
        "");
  }

  private static SqlServer inDebian() throws IOException, InterruptedException {
    ServerProcess process = ServerProcess.create();
    Path directory = process.directory();
    SqlServer server = SqlServer.newMySql(TestDatabases.MYSQL, directory);
    List<String> command =
        DEBIAN.inside(
            List.of(
                "mysqld",
                "--no-defaults",
                "--user=root",
                "--datadir=" + directory.resolve("data")));
    process.prepare(command, "--initialize-insecure");
    process.start(
        server,
        command,
        "--port=" + server.port(),
        "--socket=" + server.socket(),
        "--bind-address=127.0.0.1",
        "--mysqlx=OFF",
        "--secure-file-priv=NULL",
        "--init-file=" + SqlServer.writeInitSql(directory),
        "--skip-log-bin",
        "--innodb-flush-log-at-trx-commit=0");
    return server;
  }
}
