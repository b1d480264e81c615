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
 * A dict of a configuration, with the errors that keep it from being served: a well-formed
 * configuration can still have an unusable {@code connect} setting or table name. The check does
 * not connect to the database.
 *
 * <p>A dict without {@code connect} or without maps is an error here, though not to {@link
 * org.lastlogin.config.DictConfig}: the program has no other {@code DataSource}, and nothing to
 * serve. Dovecot refuses a file without {@code connect}, too. If the driver is unknown, {@code
 * connect} is only parsed, because a guess could report errors that are none.
 *
 * @param definition the dict as the configuration defines it
 * @param database its database, if the driver is known and the {@code connect} setting is valid
 * @param databaseFile the database's file, if it is an SQLite file
 * @param errors the errors that keep it from being served
 * @param warnings the warnings about its {@code connect} setting
 */
record CheckedDict(
    DictDefinition definition,
    Optional<ConnectDataSource> database,
    Optional<Path> databaseFile,
    List<Diagnostic> errors,
    List<Diagnostic> warnings) {

  CheckedDict {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /**
   * Checks a dict.
   *
   * @param file the name of the file that defines it
   * @param definition the dict
   * @param driver the kind of its database; if empty, its {@code connect} setting is not checked
   */
  static CheckedDict of(String file, DictDefinition definition, Optional<SqlDriver> driver) {
    return of(file, definition, driver, false);
  }

  /** Checks a dict; {@code withTables} also checks whether its tables can be created. */
  static CheckedDict of(
      String file, DictDefinition definition, Optional<SqlDriver> driver, boolean withTables) {
    List<Diagnostic> errors = new ArrayList<>();
    Optional<ConnectDataSource> database = Optional.empty();
    try {
      ConnectSettings connect = definition.requireConnect();
      database = driver.map(known -> ConnectDataSource.create(known, connect));
    } catch (ConfigException e) {
      errors.addAll(e.diagnostics());
    }
    if (definition.maps().asList().isEmpty()) {
      errors.add(FileError.of(file, "There are no maps in it, so there is nothing to serve"));
    }
    errors.addAll(at(definition, JdbcDict.problems(definition.maps())));
    if (withTables) {
      errors.addAll(at(definition, JdbcSchema.problems(definition.maps())));
    }
    Optional<Path> databaseFile =
        driver.filter(SqlDriver.SQLITE::equals).flatMap(sqlite -> file(definition));
    List<Diagnostic> warnings = database.map(ConnectDataSource::warnings).orElse(List.of());
    return new CheckedDict(definition, database, databaseFile, errors, warnings);
  }

  private static Optional<Path> file(DictDefinition definition) {
    return definition
        .connect()
        .flatMap(connect -> connect.servers().get(0).get(ConnectSettings.PATH))
        // To the driver these are not paths, but databases in memory and URIs.
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
