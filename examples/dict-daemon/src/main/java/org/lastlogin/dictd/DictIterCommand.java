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

/** The command {@code dict iter}: prints the keys below another one, and their values. */
@Command(
    name = "iter",
    description = {
      "Prints the keys that lie directly below KEY, which ends with a slash, and their values: a heading, and a line for"
          + " each key, with tabs between. Tabs and newlines in keys and values are printed as they are."
    },
    usageHelpAutoWidth = true,
    sortOptions = false)
final class DictIterCommand extends DictAccess {
  @Option(names = "-1", description = "KEY is a key itself: print all its rows.")
  private boolean exact;

  @Option(names = "-R", description = "Also the keys that lie deeper.")
  private boolean recursive;

  @Option(names = "-V", description = "Without the values.")
  private boolean withoutValues;

  private boolean headed;

  private DictIterCommand() {}

  @Override
  int run(BlockingDict dict, PrintWriter out) {
    try {
      dict.iterate(
          new DictIteration(key(), flags(), 0, context()),
          row -> {
            head(out, row.values().size());
            print(out, row);
          });
    } finally {
      head(out, 1);
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

  /** How many values there are is known by the first row, and if there is none, taken to be one. */
  private void head(PrintWriter out, int values) {
    if (!headed) {
      headed = true;
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
