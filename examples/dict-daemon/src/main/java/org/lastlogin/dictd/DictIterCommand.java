package org.lastlogin.dictd;

import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Set;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.dict.DictRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code dict iter}: prints the keys below a path, and their values. */
@Command(
    name = "iter",
    description = {
      "Prints the keys directly below KEY, which ends with a slash, and their values: a heading, and a line for"
          + " each key, separated by tabs. Tabs and newlines in keys and values are printed as they are."
    },
    usageHelpAutoWidth = true,
    sortOptions = false)
final class DictIterCommand extends DictAccess {
  @Option(names = "-1", description = "Print all rows of the key KEY itself.")
  private boolean exact;

  @Option(names = "-R", description = "Print the keys at all levels below KEY.")
  private boolean recursive;

  @Option(names = "-V", description = "Print the keys without their values.")
  private boolean withoutValues;

  private boolean headingPrinted;

  private DictIterCommand() {}

  @Override
  int run(BlockingDict dict, PrintWriter out) {
    try {
      dict.iterate(
          new DictIteration(key(), flags(), 0, context()),
          row -> {
            printHeading(out, row.values().size());
            print(out, row);
          });
    } finally {
      // Without rows the number of values is unknown.
      printHeading(out, 1);
    }
    return ExitStatus.OK;
  }

  private Set<Flag> flags() {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    if (exact) {
      flags.add(Flag.EXACT_KEY);
    }
    if (recursive) {
      flags.add(Flag.RECURSE);
    }
    if (withoutValues) {
      flags.add(Flag.NO_VALUES);
    }
    return flags;
  }

  /** Prints the heading once; the first row tells the number of values. */
  private void printHeading(PrintWriter out, int values) {
    if (!headingPrinted) {
      headingPrinted = true;
      out.print("key" + "\tvalue".repeat(withoutValues ? 0 : values) + "\n");
    }
  }

  private void print(PrintWriter out, DictRow row) {
    out.print(row.key());
    if (!withoutValues) {
      row.values().forEach(value -> out.print("\t" + value));
    }
    out.print("\n");
  }
}
