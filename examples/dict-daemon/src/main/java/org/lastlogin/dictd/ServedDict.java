package org.lastlogin.dictd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.lastlogin.Precision;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.schema.SchemaDiagnostic;
import org.lastlogin.jdbc.schema.SchemaDiagnostic.Impact;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One dict that the program serves, with the pool of connections to its database. Neither needs the
 * database to be up.
 */
final class ServedDict implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServedDict.class);

  private static final long RETRY_MILLIS = 2_000;

  /** Rows that have expired only take space. */
  private static final Duration SWEEP_PAUSE = Duration.ofHours(1);

  private static final DictContext SAMPLE_USER = DictContext.of("nobody");

  private final String name;
  private final DictMaps maps;
  private final JdbcSchema schema;
  private final Precision precision;
  private final DictPool pool;
  private final JdbcDict dict;
  private final String database;
  private final Optional<Path> databaseFile;
  private final List<ExpirySweep> sweeps = new CopyOnWriteArrayList<>();
  private final CloseSignal closing = new CloseSignal();

  /**
   * A dict whose database has not been asked for anything yet.
   *
   * @param databaseFile the file that the database is, if it is one
   * @param times what is known and wanted of the times of logins
   */
  ServedDict(
      String name,
      DictMaps maps,
      DataSource database,
      Optional<Path> databaseFile,
      LoginTimes times) {
    this.name = name;
    this.maps = maps;
    this.schema = JdbcSchema.of(maps);
    this.precision = times.precision();
    this.database = database.toString();
    this.databaseFile = databaseFile;
    this.pool = DictPool.open(name, database);
    this.dict = times.configure(JdbcDict.builder(pool, maps)).build();
  }

  /** What it is and where its rows go, without secrets. */
  @Override
  public String toString() {
    return name + " (" + maps.asList().size() + " maps, " + database + ")";
  }

  String name() {
    return name;
  }

  /** Whether it has keys that Dovecot's plugin last_login writes. */
  boolean hasLogins() {
    return LoginTimes.areIn(maps);
  }

  Dict dict() {
    return dict;
  }

  /**
   * Says what the tables lack. If that keeps no map from being served, a key of each has been
   * looked up, too: the user may see tables that it may not read.
   *
   * @throws DictException if the database cannot be reached, or a key cannot be looked up
   */
  List<SchemaDiagnostic> check() {
    // To connect would create it, and to look whether all is well must not change anything.
    databaseFile
        .filter(Files::notExists)
        .ifPresent(
            file -> {
              throw new DictException(
                  "There is no file "
                      + file
                      + " yet (the server makes it when it starts, and its tables with"
                      + " --create-tables)");
            });
    await(dict.ping());
    List<SchemaDiagnostic> diagnostics = schema.check(pool, precision);
    if (diagnostics.stream().noneMatch(diagnostic -> diagnostic.impact() == Impact.BREAKS)) {
      lookUpSamples();
    }
    return diagnostics;
  }

  private void lookUpSamples() {
    Set<String> failures = new LinkedHashSet<>();
    for (DictMap map : maps) {
      try {
        await(dict.lookup(sampleKey(map), SAMPLE_USER));
      } catch (DictException e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    if (!failures.isEmpty()) {
      throw new DictException(String.join("\n", failures));
    }
  }

  /** What the dict has, and to which database it is connected. */
  String summary() {
    return maps.asList().size() + " maps, connected to " + product();
  }

  /** A key that a map serves. */
  private static String sampleKey(DictMap map) {
    List<String> samples =
        map.pattern().variables().stream().map(variable -> sample(map, variable)).toList();
    return map.pattern().key(samples);
  }

  /** Something that the fields of a variable can hold. */
  private static String sample(DictMap map, String variable) {
    return map.keyFields().stream()
            .filter(field -> field.variable().equals(variable))
            .anyMatch(field -> field.type() == ValueType.UUID)
        ? "00000000-0000-0000-0000-000000000000"
        : "00";
  }

  private String product() {
    try (Connection connection = pool.getConnection()) {
      DatabaseMetaData database = connection.getMetaData();
      return database.getDatabaseProductName() + " " + database.getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new DictException("The database was lost while it was asked for its version", e);
    }
  }

  private static void await(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof DictException failure
          ? failure
          : new DictException("Cannot check", e);
    }
  }

  /** Creates the tables that are missing. */
  void createTables() {
    schema.createMissing(pool);
  }

  /**
   * Tries, without making anybody wait, to reach the database, so that its absence is told at the
   * start and not at the first login; and, as soon as the database is there, creates the tables
   * that are missing, if asked to, and tells the log what tables lack. From now on, rows that have
   * expired are removed once an hour.
   */
  void prepare(boolean createTables) {
    sweepIfRowsExpire();
    Thread preparing =
        new Thread(() -> prepareNow(createTables), "lastlogin-dictd-prepare-" + name);
    preparing.setDaemon(true);
    preparing.start();
  }

  private void sweepIfRowsExpire() {
    if (maps.asList().stream().anyMatch(map -> map.expireField().isPresent())) {
      sweeps.add(ExpirySweep.start(name, dict, SWEEP_PAUSE));
    }
  }

  private void prepareNow(boolean createTables) {
    String toldBefore = "";
    do {
      if (!isReachable()) {
        continue;
      }
      try {
        if (createTables) {
          createTables();
          log.info("dict {}: its tables are there", name);
        }
        schema.check(pool, precision).forEach(this::tellLog);
        return;
      } catch (DictException e) {
        String reason = String.valueOf(e.getMessage());
        if (!reason.equals(toldBefore)) {
          log.warn("dict {}: {}; trying again", name, reason);
          toldBefore = reason;
        }
      }
    } while (!closing.isClosedWithin(RETRY_MILLIS));
  }

  private void tellLog(SchemaDiagnostic diagnostic) {
    Level level = diagnostic.impact() == Impact.BREAKS ? Level.ERROR : Level.WARN;
    log.atLevel(level).log("dict {}: {} (--check says how to mend it)", name, diagnostic);
  }

  /** Whether there is a connection to be had; that there is none is told to the log by the dict. */
  private boolean isReachable() {
    try {
      await(dict.ping());
      return true;
    } catch (DictException e) {
      log.debug("dict {}: not reachable", name, e);
      return false;
    }
  }

  /** Closing a second time waits for the first to be done. */
  @Override
  public synchronized void close() {
    closing.close();
    sweeps.forEach(ExpirySweep::close);
    dict.close();
    pool.close();
  }
}
