package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs that run to their end. */
final class Programs {
  private Programs() {}

  /**
   * Runs one, and returns what it has printed.
   *
   * @throws IOException if there is no such program, or it fails; the message has what it printed
   */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(List.of(command) + " has failed:\n" + printed);
    }
    return printed;
  }
}
