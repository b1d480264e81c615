package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A dict server that is compared with another one. Not safe for use by several threads. */
final class Contender implements AutoCloseable {
  /** The name of the served dict. */
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
   * Starts a dict server and waits until it listens.
   *
   * @param name the name to print
   * @param socket the path of the Unix socket, which exists once the server listens
   * @param log the file for its output
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

  /** Returns all its processes. */
  ProcessTree tree() {
    return process.tree();
  }

  /** Stops the server. */
  @Override
  public void close() {
    process.close();
  }
}
