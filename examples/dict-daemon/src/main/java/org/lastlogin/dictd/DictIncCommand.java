package org.lastlogin.dictd;

import java.io.PrintWriter;
import org.lastlogin.dict.BlockingDict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code dict inc}: adds to the number that a key has. */
@Command(
    name = "inc",
    description = "Adds to the number that a key has; the key must exist.",
    usageHelpAutoWidth = true,
    sortOptions = false)
final class DictIncCommand extends DictAccess {
  @Parameters(index = "2", paramLabel = "DIFF", description = "The number to add; may be negative.")
  private long difference;

  private DictIncCommand() {}

  @Override
  int run(BlockingDict dict, PrintWriter out) {
    return dict.increment(key(), difference) ? ExitStatus.OK : notFound();
  }
}
