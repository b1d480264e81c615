package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A dict server that is compared with another one. Not safe for use by several threads. */
final class Contender implements AutoCloseable {
  /** The name of the dict that it serves. */
  static final String DICT = "lastlogin";

  private final String name;
  private final Path socket;
  private final ServerProcess process;

  private Contender(String name, Path socket, ServerProcess process) {
    this.name = name;
    this.socket = socket;
    this.process = process;
  }

  /**
   * Starts one, and waits until it listens.
   *
   * @param name what to call it
   * @param socket the Unix socket where it will listen: it has its name once it does
   * @param log where to write what it prints
   */
  static Contender start(String name, Path socket, Path log, List<String> command)
      throws IOException, InterruptedException {
    ServerProcess process = ServerProcess.start(log, command);
    process.await(() -> Files.exists(socket));
    return new Contender(name, socket, process);
  }

  String name() {
    return name;
  }

  Path socket() {
    return socket;
  }

  /** All its processes. */
  ProcessTree tree() {
    return process.tree();
  }

  /** Ends it. */
  @Override
  public void close() {
    process.close();
  }
}
