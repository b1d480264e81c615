package org.lastlogin.jdbc.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The MariaDB that is installed on this host, with data of its own. */
final class HostMariaDb {
  private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
  private static final Path INSTALLER = Path.of("/usr/bin/mariadb-install-db");

  private static SqlServer shared;

  private HostMariaDb() {}

  /** What is missing, and what to do about it. */
  static Optional<String> missing() {
    return Files.isExecutable(SERVER) && Files.isExecutable(INSTALLER)
        ? Optional.empty()
        : Optional.of(
            "There is no "
                + SERVER
                + "; on Debian, as root: apt-get install --no-install-recommends mariadb-server");
  }

  static synchronized SqlServer shared() throws IOException, InterruptedException {
    if (shared == null) {
      shared = start();
    }
    return shared;
  }

  private static SqlServer start() throws IOException, InterruptedException {
    ServerProcess process = ServerProcess.create();
    Path directory = process.directory();
    SqlServer server = SqlServer.newMariaDb(TestDatabases.HOST_MARIADB, directory);
    process.prepare(
        command(INSTALLER, directory),
        "--auth-root-authentication-method=normal",
        "--skip-test-db");
    process.start(
        server,
        command(SERVER, directory),
        "--port=" + server.port(),
        "--socket=" + server.socket(),
        "--bind-address=127.0.0.1",
        "--init-file=" + SqlServer.writeInitSql(directory),
        "--innodb-flush-log-at-trx-commit=0");
    return server;
  }

  private static List<String> command(Path program, Path directory) {
    return List.of(
        program.toString(),
        "--no-defaults",
        // The directory belongs to the user that runs the tests.
        "--user=" + System.getProperty("user.name"),
        "--datadir=" + directory.resolve("data"));
  }
}
