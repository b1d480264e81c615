package org.lastlogin.dictd;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.dict.DictException;
import org.lastlogin.dictproto.netty.DictListener;
import org.lastlogin.dictproto.netty.UnixListener;
import org.lastlogin.jdbc.ConnectDataSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code lastlogin-dictd}: a dict server to run beside Dovecot. */
@Command(
    name = "lastlogin-dictd",
    description =
        "Serves dicts to Dovecot: what its last_login plugin writes becomes rows of a table.",
    mixinStandardHelpOptions = true,
    versionProvider = DictDaemon.Version.class,
    usageHelpAutoWidth = true,
    sortOptions = false,
    footer = {
      "",
      "Without --dict and --listen it serves the dict 'lastlogin' with the maps of the usual tutorials from"
          + " lastlogin.sqlite, through the socket lastlogin.sock, both in the current directory.",
      "",
      "Exit status: 0 all went well, 64 wrong usage, 69 something needed is not available, 78 wrong configuration."
    })
public final class DictDaemon implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dict",
      paramLabel = "NAME=DRIVER:FILE",
      converter = DictOption.Converter.class,
      description =
          "A dict to serve, as in Dovecot's dict block: lastlogin=mysql:/etc/dovecot/dovecot-last-login.conf. Drivers:"
              + " mysql, pgsql, sqlite. Repeatable.")
  private List<DictOption> dicts = new ArrayList<>();

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      converter = ListenOption.Converter.class,
      description =
          "unix:PATH[?mode=0660&group=GROUP] or tcp:HOST:PORT (loopback only). Repeatable.")
  private List<DictListener> listeners = new ArrayList<>();

  @Option(
      names = "--create-tables",
      description = "Create the tables that the maps name, where they are missing.")
  private boolean createTables;

  @Option(
      names = "--check",
      description = "Read the configuration, connect to the databases, report, and exit.")
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
    return new CommandLine(new DictDaemon())
        .setParameterExceptionHandler(
            (mistake, arguments) -> {
              mistake
                  .getCommandLine()
                  .getErr()
                  .println("lastlogin-dictd: " + mistake.getMessage() + " (try --help)");
              return ExitStatus.USAGE;
            })
        .execute(args);
  }

  @Override
  public Integer call() throws Exception {
    // Read by the logger when it is first used, which is not before this. A check tells by itself
    // what it finds.
    if (verbose || check) {
      System.setProperty("org.slf4j.simpleLogger.log.org.lastlogin", verbose ? "debug" : "error");
    }
    boolean byDefault = dicts.isEmpty() && listeners.isEmpty();
    requireDistinctNames();
    if (!byDefault && dicts.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--listen needs --dict: which dict is to be served?");
    }
    if (!byDefault && listeners.isEmpty() && !check) {
      throw new ParameterException(
          spec.commandLine(), "--dict needs --listen: where is it to be served?");
    }
    List<ServedDict> served = new ArrayList<>();
    try {
      return byDefault ? runByDefault(served) : run(served);
    } catch (DictException e) {
      error("lastlogin-dictd: " + e.getMessage());
      return ExitStatus.UNAVAILABLE;
    } finally {
      served.forEach(ServedDict::close);
    }
  }

  private void requireDistinctNames() {
    Set<String> names = new HashSet<>();
    for (DictOption option : dicts) {
      if (!names.add(option.name())) {
        throw new ParameterException(spec.commandLine(), "two --dict are named " + option.name());
      }
    }
  }

  private int runByDefault(List<ServedDict> served) throws IOException, InterruptedException {
    Path socket = Path.of("lastlogin.sock");
    try (InputStream maps =
        Objects.requireNonNull(DictDaemon.class.getResourceAsStream("default.conf"))) {
      String text = new String(maps.readAllBytes(), StandardCharsets.UTF_8);
      served.add(open("lastlogin", SqlDriver.SQLITE, DictConfig.parse(text, "default.conf")));
    }
    if (check) {
      return check(served);
    }
    say(
        "No options given: serving the dict 'lastlogin' from lastlogin.sqlite through "
            + socket.toAbsolutePath()
            + " (try --help)");
    served.get(0).createTables();
    listeners.add(UnixListener.at(socket));
    return serve(served);
  }

  private int run(List<ServedDict> served) throws IOException, InterruptedException {
    // All files are read before anything is said, so that one run tells all that is wrong with
    // them.
    List<String> mistakes = new ArrayList<>();
    for (DictOption option : dicts) {
      try {
        served.add(open(option.name(), option.driver(), DictConfig.read(option.file())));
      } catch (ConfigException e) {
        mistakes.add(String.valueOf(e.getMessage()));
      } catch (IllegalArgumentException e) {
        // The file is well formed, but a table or column cannot be what it says.
        mistakes.add(option.file() + ": error: " + e.getMessage());
      }
    }
    if (!mistakes.isEmpty()) {
      mistakes.forEach(this::error);
      return ExitStatus.CONFIG;
    }
    if (check) {
      return check(served);
    }
    served.forEach(dict -> dict.prepare(createTables));
    return serve(served);
  }

  private ServedDict open(String name, SqlDriver driver, DictConfig config) {
    if (config.maps().asList().isEmpty()) {
      throw new IllegalArgumentException("there is no map in it, so it could serve nothing");
    }
    config.warnings().forEach(warning -> error(warning.render()));
    return new ServedDict(
        name, config.maps(), ConnectDataSource.create(driver, config.requireConnect()));
  }

  private int check(List<ServedDict> served) {
    int status = ExitStatus.OK;
    for (ServedDict dict : served) {
      try {
        if (createTables) {
          dict.createTables();
        }
        say(dict.check());
      } catch (DictException e) {
        error("dict " + dict.name() + ": " + e.getMessage());
        status = ExitStatus.UNAVAILABLE;
      }
    }
    return status;
  }

  private int serve(List<ServedDict> served) throws InterruptedException {
    try {
      Serving.start(served, listeners).awaitTermination();
      return ExitStatus.OK;
    } catch (IOException e) {
      error("lastlogin-dictd: " + e.getMessage());
      return ExitStatus.UNAVAILABLE;
    }
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private void error(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }

  /** Says which version this is. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = DictDaemon.class.getPackage().getImplementationVersion();
      return new String[] {"lastlogin-dictd " + (version == null ? "(not packaged)" : version)};
    }
  }
}
