package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program {@code lastlogin-dictd}, as its users run it. */
final class LastLoginDaemon implements Contender {
  private final ServerProcess process;
  private final Path socket;

  private LastLoginDaemon(ServerProcess process, Path socket) {
    this.process = process;
    this.socket = socket;
  }

  /** Starts one whose files lie below a directory. */
  static LastLoginDaemon start(Path parent, MariaDb database, Path jar, List<String> javaOptions)
      throws IOException, InterruptedException {
    Path directory = Files.createDirectory(parent.resolve("lastlogin"));
    Path socket = directory.resolve("dict");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of("--dict", DICT + "=mysql:" + MapFile.write(directory, database)));
    command.addAll(List.of("--listen", "unix:" + socket));
    ServerProcess process = ServerProcess.start(parent.resolve("lastlogin.log"), command);
    // The socket has its name once it is listened at.
    process.await(() -> Files.exists(socket));
    return new LastLoginDaemon(process, socket);
  }

  @Override
  public String name() {
    return "lastlogin";
  }

  @Override
  public Path socket() {
    return socket;
  }

  @Override
  public ProcessTree tree() {
    return process.tree();
  }

  @Override
  public void close() {
    process.close();
  }
}
