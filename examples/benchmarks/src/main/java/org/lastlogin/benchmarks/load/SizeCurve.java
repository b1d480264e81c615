package org.lastlogin.benchmarks.load;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.lastlogin.benchmarks.Latencies;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.connect.ConnectDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures a look-up, a set and an iteration of one domain in tables of different sizes, in one
 * MariaDB and in turn. Needs root and the system's MariaDB. Exits with 1 if a key was not found, a
 * domain had another number of rows, or something is missing.
 */
@Command(
    name = "SizeCurve",
    description = "Measures how the latencies of a SQL dict depend on the size of its table.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SizeCurve implements Callable<Integer> {
  private static final int WARM_UP_ROUNDS = 10;

  /** The number of repetitions with one dict before the next has its turn. */
  private static final int TIMES = 100;

  private static final double NANOS_PER_SECOND = 1e9;

  /** Selects the number of pages that the database has read from the disk since it started. */
  private static final String PAGES_READ =
      "SELECT variable_value FROM information_schema.global_status"
          + " WHERE variable_name = 'innodb_buffer_pool_reads'";

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "N",
      defaultValue = "1000,1000,10000,100000,1000000",
      description =
          "The numbers of rows of the tables. The first table is the base of the ratios; a second"
              + " one of its size shows the noise. Default: ${DEFAULT-VALUE}.")
  private List<Integer> sizes = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "50",
      description = "The number of rounds. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--buffer-pool",
      paramLabel = "SIZE",
      defaultValue = "4G",
      description = "The database's innodb_buffer_pool_size. Default: ${DEFAULT-VALUE}.")
  private String bufferPool = "";

  private final LoginTimes times = new LoginTimes();

  private SizeCurve() {}

  public static void main(String[] arguments) {
    CommandLines.run(new SizeCurve(), arguments);
  }

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("lastlogin-curve");
    System.out.println("Files and logs: " + directory + ", deleted on success");
    // MariaDB runs as another user.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (MariaDb database = MariaDb.start(directory, "--innodb-buffer-pool-size=" + bufferPool)) {
      List<SizedTable> tables = fill(database);
      measure(database, tables);
    }
    Directories.delete(directory);
    return 0;
  }

  private List<SizedTable> fill(MariaDb database) throws IOException, SQLException {
    List<SizedTable> tables = new ArrayList<>();
    for (int size : sizes) {
      long start = System.nanoTime();
      SizedTable table =
          SizedTable.create(database, "last_login_" + tables.size(), new Mailboxes(size));
      System.out.printf(
          "%d rows: filled in %.1f s, %d MiB%n",
          size, (System.nanoTime() - start) / NANOS_PER_SECOND, table.mib(database));
      tables.add(table);
    }
    for (SizedTable table : tables) {
      table.readAll(database);
    }
    return tables;
  }

  private void measure(MariaDb database, List<SizedTable> tables) throws Exception {
    List<SizedDict> dicts = new ArrayList<>();
    try (HikariDataSource pool = pool(database)) {
      try {
        for (SizedTable table : tables) {
          dicts.add(dict(database, pool, table));
        }
        run(dicts, WARM_UP_ROUNDS);
        long pagesBefore = database.number(PAGES_READ);
        System.out.println(run(dicts, rounds).table());
        System.out.printf(
            "%d pages were read from the disk%n", database.number(PAGES_READ) - pagesBefore);
      } finally {
        dicts.forEach(SizedDict::close);
      }
    }
  }

  /** Returns a connection pool of the same size as that of {@code lastlogin-dictd}. */
  private static HikariDataSource pool(MariaDb database) throws IOException {
    HikariConfig config = new HikariConfig();
    config.setDataSource(
        ConnectDataSource.create(
            SqlDriver.MYSQL, MapFile.parse(database, "last_login").requireConnect()));
    return new HikariDataSource(config);
  }

  private SizedDict dict(MariaDb database, DataSource pool, SizedTable table) throws IOException {
    JdbcDict dict = JdbcDict.create(pool, MapFile.parse(database, table.name()).maps());
    return new SizedDict(dict, table.mailboxes(), times);
  }

  private Curve run(List<SizedDict> dicts, int rounds) throws IOException {
    Curve curve = new Curve(sizes);
    // Each round begins with another dict, because the one before may have left work for the disk.
    List<Integer> order = new ArrayList<>(IntStream.range(0, dicts.size()).boxed().toList());
    for (int round = 0; round < rounds; round++) {
      Collections.rotate(order, 1);
      for (SizedAction action : SizedAction.values()) {
        curve.add(action, measure(action, dicts, order));
      }
    }
    return curve;
  }

  /** Measures the dicts in this order, and returns the latencies in the order of the dicts. */
  private static List<Latencies> measure(
      SizedAction action, List<SizedDict> dicts, List<Integer> order) throws IOException {
    Latencies[] measured = new Latencies[dicts.size()];
    for (int dict : order) {
      measured[dict] = action.measure(dicts.get(dict), TIMES);
    }
    return Arrays.asList(measured);
  }
}
