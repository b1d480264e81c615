package org.lastlogin.benchmarks.load;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.lastlogin.benchmarks.ProcessEnd;

/**
 * A server that this program has started, in the foreground. It ends with this program, however
 * that ends, as long as that is not by SIGKILL. Not safe for use by several threads.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 50;

  private final Path log;
  private final Process process;
  private final Thread hook;

  private ServerProcess(Path log, Process process) {
    this.log = log;
    this.process = process;
    this.hook = new Thread(process::destroy);
  }

  /** Whether a server has come to serve. */
  @FunctionalInterface
  interface Sign {
    boolean isSeen() throws IOException;
  }

  /** Starts a server; what it prints goes to a file. */
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
   * Waits until it serves.
   *
   * @throws IOException if it ends, or does not serve within a minute; the message has its log
   */
  void await(Sign sign) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!sign.isSeen()) {
      if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
        String log = Files.readString(this.log);
        close();
        throw new IOException("The server has not come to serve:\n" + log);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** It and the processes that it has started. */
  ProcessTree tree() {
    return new ProcessTree(process.toHandle());
  }

  /** Ends it as its users would. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    process.destroy();
    ProcessEnd.await(process, PATIENCE);
  }
}
