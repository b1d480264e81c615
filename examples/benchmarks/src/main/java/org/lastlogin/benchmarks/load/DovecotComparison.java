package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Compares Dovecot's own dict server with ours on one MariaDB, in turn under the same load, and
 * ours with JDBC alone. Needs root, the system's Dovecot 2.3 with its MySQL driver, and the
 * system's MariaDB. Exits with 1 if a request failed or something is missing.
 */
@Command(
    name = "DovecotComparison",
    description = "Compares lastlogin-dictd with the dict server of the system's Dovecot.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DovecotComparison implements Callable<Integer> {
  private static final Duration WARM_UP = Duration.ofSeconds(1);

  /** The warm-up, in which our server's and this program's JVM compile the code of a mode. */
  private static final Duration FIRST_WARM_UP = Duration.ofSeconds(5);

  private static final Duration UNTIL_ALL_ARE_WRITTEN = Duration.ofHours(1);

  /** Dovecot processes beyond those with connections, because some are about to end. */
  private static final int SPARE_PROCESSES = 36;

  @Option(
      names = "--daemon",
      paramLabel = "JAR",
      defaultValue = "examples/dict-daemon/target/lastlogin-dictd.jar",
      description = "The jar of our server. Default: ${DEFAULT-VALUE}.")
  private Path daemon = Path.of("");

  @Option(
      names = "--java-option",
      split = ",",
      paramLabel = "OPTION",
      defaultValue = "-XX:+UseSerialGC,-Xmx256m",
      description = "An option for our server's JVM. Default: ${DEFAULT-VALUE}.")
  private List<String> javaOptions = new ArrayList<>();

  @Option(
      names = "--modes",
      split = ",",
      paramLabel = "MODE",
      defaultValue = "persistent,login,single,lookup,iterate",
      description = "The modes to compare. Default: ${DEFAULT-VALUE}.")
  private List<LoadMode> modes = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "The number of rounds of each mode. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(names = "--no-ceiling", description = "Do not measure JDBC alone.")
  private boolean noCeiling;

  @Mixin private LoadOptions options = new LoadOptions();

  private final LoginTimes times = new LoginTimes();

  private DovecotComparison() {}

  public static void main(String[] arguments) {
    CommandLines.run(new DovecotComparison(), arguments);
  }

  @Override
  public Integer call() throws Exception {
    DovecotDictServer.requireVersion(options.protocol());
    Path directory = Files.createTempDirectory("lastlogin-load");
    System.out.println("Files and logs: " + directory + ", deleted on success");
    // MariaDB's and Dovecot's processes run as other users.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (MariaDb database = MariaDb.start(directory)) {
      database.execute(Resources.read("last-login.sql"));
      int processes = SPARE_PROCESSES + options.load(LoadMode.LOGIN, directory, "").connections();
      try (Contender dovecot = DovecotDictServer.start(directory, database, processes);
          Contender ours = LastLoginDaemon.start(directory, database, daemon, javaOptions)) {
        compare(database, dovecot, ours);
      }
    }
    Directories.delete(directory);
    return 0;
  }

  private void compare(MariaDb database, Contender dovecot, Contender ours) throws Exception {
    run(LoadMode.FILL, ours, UNTIL_ALL_ARE_WRITTEN);
    for (LoadMode mode : modes) {
      compare(mode, database, dovecot, ours);
    }
    if (!noCeiling) {
      Ceiling ceiling =
          new Ceiling(
              new RawUpserts(database, options.mailboxes(), times),
              Ceiling.load(ours.socket(), options.protocol()),
              requests(LoadMode.PERSISTENT));
      ceiling.measure(rounds, options.duration());
    }
  }

  private LoadResult run(LoadMode mode, Contender server, Duration duration) throws IOException {
    return LoadGenerator.run(load(mode, server), requests(mode), duration).requireNoFailure();
  }

  private Load load(LoadMode mode, Contender server) {
    return options.load(mode, server.socket(), Contender.DICT);
  }

  private Requests requests(LoadMode mode) {
    return mode.requests(options.mailboxes(), times);
  }

  private void compare(LoadMode mode, MariaDb database, Contender dovecot, Contender ours)
      throws IOException {
    Load load = load(mode, ours);
    System.out.printf("%s, %d x %d%n", mode, load.connections(), load.inFlight());
    run(mode, ours, FIRST_WARM_UP);
    Rounds all = new Rounds();
    for (int round = 0; round < rounds; round++) {
      all.add(measure(mode, database, dovecot), measure(mode, database, ours));
    }
    System.out.println(all.table());
  }

  private Measurement measure(LoadMode mode, MariaDb database, Contender server)
      throws IOException {
    run(mode, server, WARM_UP);
    Measurement measured =
        Measurement.of(
            load(mode, server), requests(mode), options.duration(), server.tree(), database.tree());
    System.out.printf("  %-10s %s%n", server.name(), measured);
    return measured;
  }
}
