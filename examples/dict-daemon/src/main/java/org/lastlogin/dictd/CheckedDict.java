package org.lastlogin.dictd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.ConnectSettings;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.jdbc.JdbcDict;
import org.lastlogin.jdbc.connect.ConnectDataSource;
import org.lastlogin.jdbc.schema.JdbcSchema;
import org.lastlogin.jdbc.schema.MapProblem;

/**
 * A dict that a configuration defines, and what keeps it from being served: a well-formed
 * configuration can still name a database or a table that cannot be. Nothing is connected to.
 *
 * @param definition what the configuration says
 * @param database its database, if the driver is known and there is no mistake in how to reach it
 * @param databaseFile the file that the database is, if it is one
 * @param mistakes what keeps it from being served
 * @param warnings what is doubtful about how to reach its database
 */
record CheckedDict(
    DictDefinition definition,
    Optional<ConnectDataSource> database,
    Optional<Path> databaseFile,
    List<Diagnostic> mistakes,
    List<Diagnostic> warnings) {

  CheckedDict {
    mistakes = List.copyOf(mistakes);
    warnings = List.copyOf(warnings);
  }

  /**
   * Checks a dict.
   *
   * @param file the file that it was read from
   * @param definition the dict
   * @param driver the kind of its database; without it, its connection cannot be checked
   */
  static CheckedDict of(String file, DictDefinition definition, Optional<SqlDriver> driver) {
    return of(file, definition, driver, false);
  }

  /** Checks a dict whose tables may have to be created, which asks more of its maps. */
  static CheckedDict of(
      String file, DictDefinition definition, Optional<SqlDriver> driver, boolean withTables) {
    List<Diagnostic> mistakes = new ArrayList<>();
    Optional<ConnectDataSource> database = Optional.empty();
    try {
      ConnectSettings connect = definition.requireConnect();
      database = driver.map(known -> ConnectDataSource.create(known, connect));
    } catch (ConfigException e) {
      mistakes.addAll(e.diagnostics());
    }
    if (definition.maps().asList().isEmpty()) {
      mistakes.add(FileMistake.of(file, "There is no map in it, so it could serve nothing"));
    }
    mistakes.addAll(at(definition, JdbcDict.problems(definition.maps())));
    if (withTables) {
      mistakes.addAll(at(definition, JdbcSchema.problems(definition.maps())));
    }
    Optional<Path> databaseFile =
        driver.filter(SqlDriver.SQLITE::equals).flatMap(sqlite -> file(definition));
    List<Diagnostic> warnings = database.map(ConnectDataSource::warnings).orElse(List.of());
    return new CheckedDict(definition, database, databaseFile, mistakes, warnings);
  }

  private static Optional<Path> file(DictDefinition definition) {
    return definition
        .connect()
        .flatMap(connect -> connect.servers().get(0).get(ConnectSettings.PATH))
        // What begins like this is no path to the driver, but memory or a URI.
        .filter(path -> !path.startsWith(":") && !path.startsWith("file:"))
        .map(Path::of);
  }

  /** Returns problems with maps as diagnostics that have their place in the file. */
  private static List<Diagnostic> at(DictDefinition definition, List<MapProblem> problems) {
    return problems.stream()
        .map(
            problem ->
                Diagnostic.error(
                    definition.origin(problem.map()).part(problem.part()), problem.reason()))
        .toList();
  }
}
