package org.lastlogin.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The process of a {@link LoadServer}, for its parent. Not thread-safe. */
final class LoadServerProcess implements AutoCloseable {
  private static final long POLL_MILLIS = 50;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Path directory;
  private final Process process;
  private final PrintStream questions;
  private final BufferedReader answers;

  private LoadServerProcess(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
    this.questions =
        new PrintStream(process.getOutputStream(), /* autoFlush= */ true, StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a server with these JVM options, and waits until it serves. */
  static LoadServerProcess start(String... options) throws IOException {
    Path directory = Files.createTempDirectory("lastlogin-load");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(LoadServer.class.getName());
    command.add(socketIn(directory).toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    LoadServerProcess server = new LoadServerProcess(directory, process);
    server.state();
    return server;
  }

  private static Path socketIn(Path directory) {
    return directory.resolve("dict");
  }

  /** Returns the socket where it listens. */
  Path socket() {
    return socketIn(directory);
  }

  /** Returns its state now. */
  ServerState state() throws IOException {
    questions.println();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("The server has ended");
    }
    return ServerState.parse(answer);
  }

  /**
   * Waits until the server has this number of connections.
   *
   * @throws IOException if it does not reach this number in time
   */
  void awaitConnections(int expected) throws IOException, InterruptedException {
    long start = System.nanoTime();
    int connections = state().connections();
    while (connections != expected) {
      if (System.nanoTime() - start > TIMEOUT.toNanos()) {
        throw new IOException("The server has " + connections + " connections, not " + expected);
      }
      Thread.sleep(POLL_MILLIS);
      connections = state().connections();
    }
  }

  /** Stops the server. */
  @Override
  public void close() throws IOException {
    questions.close();
    ProcessEnd.await(process, TIMEOUT);
    Files.deleteIfExists(socket());
    Files.delete(directory);
  }
}
