package org.lastlogin.benchmarks.load;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.lastlogin.benchmarks.ProcessEnd;

/**
 * A server that runs in the foreground as a child of this program. It ends with this program,
 * unless SIGKILL ends that. Not thread-safe.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 50;

  private final Path log;
  private final Process process;
  private final Thread hook;

  private ServerProcess(Path log, Process process) {
    this.log = log;
    this.process = process;
    this.hook = new Thread(process::destroy);
  }

  /** Tests whether a server is ready. */
  @FunctionalInterface
  interface Sign {
    boolean isSeen() throws IOException;
  }

  /** Starts a server whose output goes to a file. */
  static ServerProcess start(Path log, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    ServerProcess server = new ServerProcess(log, process);
    Runtime.getRuntime().addShutdownHook(server.hook);
    return server;
  }

  /**
   * Waits until the server is ready.
   *
   * @throws IOException if it ends, or is not ready within a minute; the message has its log
   */
  void await(Sign sign) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!sign.isSeen()) {
      if (!process.isAlive() || System.nanoTime() - start > TIMEOUT.toNanos()) {
        String log = Files.readString(this.log);
        close();
        throw new IOException("The server did not start:\n" + log);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Returns its process and the descendants. */
  ProcessTree tree() {
    return new ProcessTree(process.toHandle());
  }

  /** Terminates the server. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    process.destroy();
    ProcessEnd.await(process, TIMEOUT);
  }
}
