package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs the programs. */
final class CommandLines {
  private static final int FAILED = 1;

  private CommandLines() {}

  /** Runs a program and exits with its status. */
  static void run(Callable<Integer> program, String... arguments) {
    System.exit(
        new CommandLine(program)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((e, command, parsed) -> explain(e))
            .execute(arguments));
  }

  /** Prints a failure's message; for a defect also its stack trace. */
  private static int explain(Exception e) throws Exception {
    if (e instanceof IOException || e instanceof IllegalStateException) {
      System.err.println(e.getMessage());
      return FAILED;
    }
    throw e;
  }
}
