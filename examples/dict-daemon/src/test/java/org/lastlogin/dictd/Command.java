package org.lastlogin.dictd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs. */
final class Command {
  private static final int TIMEOUT_SECONDS = 180;

  private Command() {}

  /** Exit status and output of a program. */
  record Result(int status, String output) {}

  /** Runs a program that must succeed, and returns its output. */
  static String require(String... command) throws IOException, InterruptedException {
    Result result = run(List.of(command));
    if (result.status() != 0) {
      throw new IOException(String.join(" ", command) + ": " + result.output());
    }
    return result.output();
  }

  /** Runs a program to its end. */
  static Result run(List<String> command) throws IOException, InterruptedException {
    // To a file, because Dovecot's master process inherits the output and would keep a pipe open.
    Path output = Files.createTempFile("lastlogin-test", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("Still running after " + TIMEOUT_SECONDS + " s: " + command);
      }
      return new Result(process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }
}
