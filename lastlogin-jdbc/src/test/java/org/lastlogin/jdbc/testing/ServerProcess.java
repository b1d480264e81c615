package org.lastlogin.jdbc.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A database server in a process and a directory of its own, which end with this JVM. */
final class ServerProcess {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final Path directory;

  private ServerProcess(Path directory) {
    this.directory = directory;
  }

  /** One that has an empty directory so far. */
  static ServerProcess create() throws IOException {
    return new ServerProcess(Files.createTempDirectory("lastlogin-test"));
  }

  Path directory() {
    return directory;
  }

  /** Runs a program that prepares the server to its end. */
  void prepare(List<String> command, String... options) throws IOException, InterruptedException {
    Process process = run(command, options);
    if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("No end after " + START_LIMIT + ": " + command);
    }
    if (process.exitValue() != 0) {
      throw new IOException(command.get(0) + " failed: " + log());
    }
  }

  /** Starts the server, and returns once it accepts connections. */
  void start(SqlServer server, List<String> command, String... options) throws IOException {
    Process process = run(command, options);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
    Awaitility.await(server.toString())
        .atMost(START_LIMIT)
        .failFast(
            () -> {
              if (!process.isAlive()) {
                throw new IOException("It has ended: " + log());
              }
            })
        .until(server::isUp);
  }

  private Process run(List<String> command, String... options) throws IOException {
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of(options));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
        .start();
  }

  private String log() throws IOException {
    return Files.readString(logFile());
  }

  private Path logFile() {
    return directory.resolve("log");
  }

  /** Nobody needs the data any more, so no time is spent on writing it. */
  private void end(Process process) {
    process.destroyForcibly();
    process.onExit().join();
    TestDatabases.delete(directory);
  }
}
