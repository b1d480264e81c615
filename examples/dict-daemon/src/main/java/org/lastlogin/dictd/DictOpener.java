package org.lastlogin.dictd;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.SqlDriver;
import org.lastlogin.jdbc.connect.ConnectDataSource;

/** Opens the dicts to serve, and collects all errors and warnings, so that one run reports all. */
final class DictOpener implements AutoCloseable {
  private final boolean createTables;
  private final LoginTimesOptions loginTimes;
  private final List<ServedDict> opened = new ArrayList<>();

  // Several dicts may be in one file, whose diagnostics are reported once.
  private final Set<Diagnostic> errors = new LinkedHashSet<>();
  private final Set<Diagnostic> warnings = new LinkedHashSet<>();

  /**
   * Creates an opener without opened dicts.
   *
   * @param createTables whether missing tables are to be created, which not all maps allow
   * @param loginTimes how to write the times of logins, which not all maps allow
   */
  DictOpener(boolean createTables, LoginTimesOptions loginTimes) {
    this.createTables = createTables;
    this.loginTimes = loginTimes;
  }

  /** Opens the dict that an option names, unless it has errors. */
  void open(DictOption option) {
    try {
      DictConfig config = DictConfig.read(option.file());
      warnings.addAll(config.warnings());
      option
          .driver()
          .ifPresentOrElse(
              driver -> openMapFile(option, driver, config),
              () -> openFromMainFile(option, config));
    } catch (ConfigException e) {
      errors.addAll(e.diagnostics());
      warnings.addAll(e.warnings());
    }
  }

  /** Opens the dict that is served when there are no options. */
  void openDefault() throws IOException {
    try (InputStream maps =
        Objects.requireNonNull(DictOpener.class.getResourceAsStream("default.conf"))) {
      String text = new String(maps.readAllBytes(), StandardCharsets.UTF_8);
      DictConfig config = DictConfig.parse(text, "default.conf");
      LoginTimes times = loginTimes.of(config);
      open("default.conf", "lastlogin", config.onlyDict(), Optional.of(SqlDriver.SQLITE), times);
    }
  }

  private void openMapFile(DictOption option, SqlDriver driver, DictConfig config) {
    String file = option.file().toString();
    if (!MapFile.is(config)) {
      errors.add(
          FileError.of(
              file,
              "This is a main configuration of Dovecot, not a map file",
              "Serve one of its dicts with --dict " + option.name() + "=dovecot:" + file));
      return;
    }
    LoginTimes times = loginTimes.of(config);
    open(file, option.name(), config.onlyDict(), Optional.of(driver), times);
  }

  private void openFromMainFile(DictOption option, DictConfig config) {
    String file = option.file().toString();
    if (MapFile.is(config)) {
      errors.add(
          FileError.of(
              file,
              "This is a map file, which names neither its dict nor the driver",
              "Serve it with --dict "
                  + option.name()
                  + "=mysql:"
                  + file
                  + ", or with pgsql or sqlite instead of mysql"));
      return;
    }
    DictDefinition dict = config.dict(option.name());
    open(file, option.name(), dict, dict.driver(), loginTimes.of(config));
  }

  private void open(
      String file, String name, DictDefinition dict, Optional<SqlDriver> driver, LoginTimes times) {
    if (driver.isEmpty()) {
      errors.add(
          FileError.of(
              file,
              "The dict " + name + " has no sql_driver",
              "Set its sql_driver to mysql, pgsql or sqlite."));
    }
    CheckedDict checked = CheckedDict.of(file, dict, driver, createTables);
    List<Diagnostic> all = new ArrayList<>(checked.errors());
    all.addAll(times.errors(dict));
    errors.addAll(all);
    warnings.addAll(checked.warnings());
    Optional<ConnectDataSource> database = checked.database();
    if (all.isEmpty() && database.isPresent()) {
      opened.add(new ServedDict(name, dict.maps(), database.get(), checked.databaseFile(), times));
    }
  }

  /** Returns the dicts that are open; these are all dicts if there are no errors. */
  List<ServedDict> opened() {
    return opened;
  }

  /** Returns the errors, which keep dicts from being served. */
  Set<Diagnostic> errors() {
    return errors;
  }

  /** Returns the warnings. */
  Set<Diagnostic> warnings() {
    return warnings;
  }

  @Override
  public void close() {
    opened.forEach(ServedDict::close);
  }
}
