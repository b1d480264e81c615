package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** How the programs are run. */
final class CommandLines {
  private static final int FAILED = 1;

  private CommandLines() {}

  /** Runs a program, and ends with its exit status. */
  static void run(Callable<Integer> program, String... arguments) {
    System.exit(
        new CommandLine(program)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((e, command, parsed) -> explain(e))
            .execute(arguments));
  }

  /** What is missing or has failed needs words; a defect needs a stack trace, too. */
  private static int explain(Exception e) throws Exception {
    if (e instanceof IOException || e instanceof IllegalStateException) {
      System.err.println(e.getMessage());
      return FAILED;
    }
    throw e;
  }
}
