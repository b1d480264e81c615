package org.lastlogin.dictd;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.lastlogin.dict.DictException;
import org.lastlogin.dictproto.server.DictListener;
import org.lastlogin.dictproto.server.UnixListener;
import org.lastlogin.jdbc.schema.SchemaDiagnostic;
import org.lastlogin.map.KeyPattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** The program {@code lastlogin-dictd}: a dict server to run beside Dovecot. */
@Command(
    name = "lastlogin-dictd",
    description = "Serves dicts to Dovecot: stores what its last_login plugin writes in a table.",
    mixinStandardHelpOptions = true,
    versionProvider = DictDaemon.Version.class,
    subcommands = {CheckCommand.class, ConvertCommand.class, DictCommands.class},
    usageHelpAutoWidth = true,
    sortOptions = false,
    footer = {
      "",
      "Without --dict and --listen it serves the dict 'lastlogin' with the maps of the usual tutorials from"
          + " lastlogin.sqlite, through the socket lastlogin.sock, both in the current directory.",
      "",
      "Exit status: 0 success, 1 --check has warnings, 64 wrong usage, 69 a database or an address is not available,"
          + " 78 errors in the configuration or the tables."
    })
public final class DictDaemon implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dict",
      paramLabel = "NAME=DRIVER:FILE",
      converter = DictOption.Converter.class,
      description =
          "A dict to serve, as in Dovecot's dict block: lastlogin=mysql:/etc/dovecot/dovecot-last-login.conf. Drivers:"
              + " mysql, pgsql, sqlite. Or a dict of Dovecot's main configuration, that of 2.4 or that of 2.3, whose dict"
              + " section names map files: lastlogin=dovecot:/etc/dovecot/dovecot.conf. Repeatable.")
  private List<DictOption> dicts = new ArrayList<>();

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      converter = ListenOption.Converter.class,
      description =
          "unix:PATH[?mode=0660&group=GROUP] or tcp:HOST:PORT (loopback only). Repeatable.")
  private List<DictListener> listeners = new ArrayList<>();

  @Option(names = "--create-tables", description = "Create missing tables of the maps.")
  private boolean createTables;

  @Mixin private LoginTimesOptions loginTimes = new LoginTimesOptions();

  @Option(
      names = "--check",
      description =
          "Read the configuration, connect to the databases, report what their tables lack and the"
              + " statements that repair them, and exit.")
  private boolean check;

  @Option(names = "--verbose", description = "Log every connection.")
  private boolean verbose;

  private DictDaemon() {}

  /** Runs the program and exits with its status. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs the program and returns its status. */
  static int run(String... args) {
    // The output quotes files, which are UTF-8 in any locale.
    return run(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        args);
  }

  /** Runs the program with the given output and error streams, and returns its status. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine daemon = new CommandLine(new DictDaemon());
    // As with doveadm, arguments after a dict's address are not options: the number -5, any value.
    Objects.requireNonNull(daemon.getSubcommands().get("dict")).setStopAtPositional(true);
    return daemon
        .setOut(out)
        .setErr(err)
        .setExecutionStrategy(DictDaemon::execute)
        .setExitCodeExceptionMapper(defect -> ExitStatus.DEFECT)
        .setParameterExceptionHandler(
            (usageError, arguments) -> {
              CommandLine command = usageError.getCommandLine();
              command
                  .getErr()
                  .println(
                      command.getCommandSpec().qualifiedName()
                          + ": "
                          + usageError.getMessage()
                          + " (try --help)");
              return ExitStatus.USAGE;
            })
        .execute(args);
  }

  private static int execute(ParseResult parsed) {
    if (parsed.hasSubcommand() && !parsed.matchedOptions().isEmpty()) {
      CommandLine command = parsed.subcommand().commandSpec().commandLine();
      throw new ParameterException(
          command,
          "options come after the command, and it has no option "
              + parsed.matchedOptions().get(0).longestName());
    }
    return new RunLast().execute(parsed);
  }

  @Override
  public Integer call() throws Exception {
    // The logger reads this when it is first used, which is later. A check prints its findings
    // itself.
    if (verbose || check) {
      System.setProperty("org.slf4j.simpleLogger.log.org.lastlogin", verbose ? "debug" : "error");
    }
    requireDistinctNames();
    boolean byDefault = dicts.isEmpty() && listeners.isEmpty();
    if (!byDefault && dicts.isEmpty()) {
      failUsage("--listen needs --dict, which names the dict to serve");
    }
    if (!byDefault && listeners.isEmpty() && !check) {
      failUsage("--dict needs --listen, which names the address to listen at");
    }
    loginTimes.usageError(check).ifPresent(this::failUsage);
    // Reads all files before it serves anything.
    try (DictOpener opener = new DictOpener(createTables, loginTimes)) {
      if (byDefault) {
        opener.openDefault();
      } else {
        dicts.forEach(opener::open);
      }
      return run(opener, byDefault);
    } catch (DictException e) {
      printError("lastlogin-dictd: " + e.getMessage());
      return ExitStatus.UNAVAILABLE;
    }
  }

  private void failUsage(String reason) {
    throw new ParameterException(spec.commandLine(), reason);
  }

  private void requireDistinctNames() {
    Set<String> names = new HashSet<>();
    for (DictOption option : dicts) {
      if (!names.add(option.name())) {
        failUsage("two --dict are named " + option.name());
      }
    }
  }

  private int run(DictOpener opener, boolean byDefault) throws InterruptedException {
    opener.warnings().forEach(warning -> printError(warning.render()));
    opener.errors().forEach(error -> printError(error.render()));
    if (!opener.errors().isEmpty()) {
      return ExitStatus.CONFIG;
    }
    List<ServedDict> served = opener.opened();
    if (loginTimes.isActive() && served.stream().noneMatch(ServedDict::hasLogins)) {
      failUsage("--keep-newest and --round need a map of keys below " + KeyPattern.LAST_LOGIN);
    }
    if (check) {
      return check(served);
    }
    if (byDefault) {
      prepareByDefault(served);
    } else {
      served.forEach(dict -> dict.prepare(createTables));
    }
    return serve(served);
  }

  private void prepareByDefault(List<ServedDict> served) {
    Path socket = Path.of("lastlogin.sock");
    print(
        "No options given: serving the dict 'lastlogin' from lastlogin.sqlite through "
            + socket.toAbsolutePath()
            + " (try --help)");
    served.forEach(ServedDict::createTables);
    served.forEach(dict -> dict.prepare(false));
    listeners.add(UnixListener.at(socket));
  }

  private int check(List<ServedDict> served) {
    int status = ExitStatus.OK;
    for (ServedDict dict : served) {
      try {
        if (createTables) {
          dict.createTables();
        }
        // A graver status has a greater number.
        status = Math.max(status, report(dict, dict.check()));
      } catch (DictException e) {
        printError("dict " + dict.name() + ": " + e.getMessage());
        status = Math.max(status, ExitStatus.UNAVAILABLE);
      }
    }
    return status;
  }

  private int report(ServedDict dict, List<SchemaDiagnostic> diagnostics) {
    print("dict " + dict.name() + ": " + dict.summary());
    int status = ExitStatus.OK;
    for (SchemaDiagnostic diagnostic : diagnostics) {
      print("dict " + dict.name() + ": " + diagnostic.render());
      boolean error = diagnostic.impact() == SchemaDiagnostic.Impact.BREAKS;
      status = Math.max(status, error ? ExitStatus.CONFIG : ExitStatus.WARNINGS);
    }
    if (diagnostics.stream().anyMatch(d -> d.kind() == SchemaDiagnostic.Kind.MISSING_TABLE)) {
      print("(--create-tables creates missing tables)");
    }
    return status;
  }

  private int serve(List<ServedDict> served) throws InterruptedException {
    try {
      Serving.start(served, listeners).awaitTermination();
      return ExitStatus.OK;
    } catch (IOException e) {
      printError("lastlogin-dictd: " + e.getMessage());
      return ExitStatus.UNAVAILABLE;
    }
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private void printError(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }

  /** Prints the version for picocli. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = DictDaemon.class.getPackage().getImplementationVersion();
      return new String[] {"lastlogin-dictd " + (version == null ? "(not packaged)" : version)};
    }
  }
}
