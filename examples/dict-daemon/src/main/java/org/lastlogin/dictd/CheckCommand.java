package org.lastlogin.dictd;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code check}: reports the errors and warnings of configuration files. */
@Command(
    name = "check",
    description = {
      "Reads configuration files and reports all errors and warnings: Dovecot 2.4's main configuration,"
          + " that of 2.3 and 2.2, whose dict section names map files, or such a map file by itself.",
      "",
      "It does not connect to a database; 'lastlogin-dictd --check --dict ...' does."
    },
    mixinStandardHelpOptions = true,
    versionProvider = DictDaemon.Version.class,
    usageHelpAutoWidth = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      " 0:no errors and no warnings",
      " 1:there are warnings",
      "64:wrong usage",
      "78:there are errors, or a file cannot be read"
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "The files to check, together with the files that they include.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  private CheckCommand() {}

  @Override
  public Integer call() throws IOException {
    CheckReport report = new CheckReport(files.stream().map(CheckedFile::read).toList());
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? CheckJson.of(report) : report.text());
    out.flush();
    return report.exitStatus();
  }
}
