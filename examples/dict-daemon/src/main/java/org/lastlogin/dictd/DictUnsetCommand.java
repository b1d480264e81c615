package org.lastlogin.dictd;

import java.io.PrintWriter;
import org.lastlogin.dict.BlockingDict;
import picocli.CommandLine.Command;

/** The command {@code dict unset}: removes a key. */
@Command(
    name = "unset",
    description =
        "Removes a key; in a SQL dict, its whole row. A key that does not exist is not an error.",
    usageHelpAutoWidth = true,
    sortOptions = false)
final class DictUnsetCommand extends DictAccess {
  private DictUnsetCommand() {}

  @Override
  int run(BlockingDict dict, PrintWriter out) {
    dict.unset(key());
    return ExitStatus.OK;
  }
}
