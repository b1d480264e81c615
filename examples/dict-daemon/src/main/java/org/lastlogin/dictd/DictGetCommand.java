package org.lastlogin.dictd;

import java.io.PrintWriter;
import java.util.List;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.LookupResult;
import picocli.CommandLine.Command;

/** The command {@code dict get}: prints the value of a key. */
@Command(
    name = "get",
    description = {
      "Prints the value of a key; several values are separated by tabs.",
      "",
      "Unlike doveadm it adds no blanks, and prints an empty value as an empty line, not as '-'."
    },
    usageHelpAutoWidth = true,
    sortOptions = false)
final class DictGetCommand extends DictAccess {
  private DictGetCommand() {}

  @Override
  int run(BlockingDict dict, PrintWriter out) {
    if (dict.lookup(key()) instanceof LookupResult.Found found) {
      List<String> values = found.values();
      out.print(String.join("\t", values) + "\n");
      return ExitStatus.OK;
    }
    return notFound();
  }
}
