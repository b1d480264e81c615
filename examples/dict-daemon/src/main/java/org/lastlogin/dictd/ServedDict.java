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
 * A dict that the program serves, with its connection pool. The database need not be reachable when
 * it is created.
 */
final class ServedDict implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServedDict.class);

  private static final long RETRY_MILLIS = 2_000;

  /** Expired rows do no harm but take space. */
  private static final Duration SWEEP_INTERVAL = Duration.ofHours(1);

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
   * Creates a dict; does not connect to the database yet.
   *
   * @param databaseFile the database's file, if it is an SQLite file
   * @param times how to write the times of logins
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

  /** Returns the name, the number of maps and the database, without secrets. */
  @Override
  public String toString() {
    return name + " (" + maps.asList().size() + " maps, " + database + ")";
  }

  String name() {
    return name;
  }

  /** Returns whether it has keys that Dovecot's last_login plugin writes. */
  boolean hasLogins() {
    return LoginTimes.areIn(maps);
  }

  Dict dict() {
    return dict;
  }

  /**
   * Returns what the tables lack. If all maps can be served, it also looks up a key of each map,
   * because the database user may see a table that it may not read.
   *
   * @throws DictException if the database cannot be reached, or a key cannot be looked up
   */
  List<SchemaDiagnostic> check() {
    // To connect would create the file, and a check must not change anything.
    databaseFile
        .filter(Files::notExists)
        .ifPresent(
            file -> {
              throw new DictException(
                  "There is no file "
                      + file
                      + " yet (the server creates it when it starts, and its tables with"
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

  /** Returns the number of maps and the database's product and version. */
  String summary() {
    return maps.asList().size() + " maps, connected to " + product();
  }

  /** Returns a key that a map matches. */
  private static String sampleKey(DictMap map) {
    List<String> samples =
        map.pattern().variables().stream().map(variable -> sample(map, variable)).toList();
    return map.pattern().key(samples);
  }

  /** Returns a value that the columns of a variable can hold. */
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
      throw new DictException("Lost the connection while reading the database's version", e);
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

  /** Creates missing tables. */
  void createTables() {
    schema.createMissing(pool);
  }

  /**
   * Connects to the database in the background, so that an unreachable database is logged at the
   * start and not at the first login. Once connected, creates missing tables, if requested, and
   * logs what tables lack. Also starts to remove expired rows once an hour.
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
      sweeps.add(ExpirySweep.start(name, dict, SWEEP_INTERVAL));
    }
  }

  private void prepareNow(boolean createTables) {
    String lastReason = "";
    do {
      if (!isReachable()) {
        continue;
      }
      try {
        if (createTables) {
          createTables();
          log.info("dict {}: its tables exist", name);
        }
        schema.check(pool, precision).forEach(this::logDiagnostic);
        return;
      } catch (DictException e) {
        String reason = String.valueOf(e.getMessage());
        if (!reason.equals(lastReason)) {
          log.warn("dict {}: {}; retrying", name, reason);
          lastReason = reason;
        }
      }
    } while (!closing.isClosedWithin(RETRY_MILLIS));
  }

  private void logDiagnostic(SchemaDiagnostic diagnostic) {
    Level level = diagnostic.impact() == Impact.BREAKS ? Level.ERROR : Level.WARN;
    log.atLevel(level)
        .log("dict {}: {} (--check prints the statements that repair it)", name, diagnostic);
  }

  /** Returns whether the database is reachable; if not, the dict logs the reason. */
  private boolean isReachable() {
    try {
      await(dict.ping());
      return true;
    } catch (DictException e) {
      log.debug("dict {}: not reachable", name, e);
      return false;
    }
  }

  /** Closes the dict and its pool; a second call waits for the first to finish. */
  @Override
  public synchronized void close() {
    closing.close();
    sweeps.forEach(ExpirySweep::close);
    dict.close();
    pool.close();
  }
}
