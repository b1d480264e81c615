package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs programs to their end. */
final class Programs {
  private Programs() {}

  /**
   * Runs a program and returns its output.
   *
   * @throws IOException if the program does not exist or fails; the message has its output
   */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(List.of(command) + " failed:\n" + printed);
    }
    return printed;
  }
}
