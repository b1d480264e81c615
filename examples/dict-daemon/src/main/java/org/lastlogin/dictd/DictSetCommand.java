package org.lastlogin.dictd;

import java.io.PrintWriter;
import org.lastlogin.dict.BlockingDict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code dict set}: sets the value of a key. */
@Command(
    name = "set",
    description = "Sets the value of a key, whether it exists or not.",
    usageHelpAutoWidth = true,
    sortOptions = false)
final class DictSetCommand extends DictAccess {
  @Parameters(index = "2", paramLabel = "VALUE", description = "The new value.")
  private String value = "";

  private DictSetCommand() {}

  @Override
  int run(BlockingDict dict, PrintWriter out) {
    dict.set(key(), value);
    return ExitStatus.OK;
  }
}
