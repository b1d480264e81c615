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

/**
 * Opens the dicts that are to be served, and collects what is wrong with them, so that one run
 * tells all of it.
 */
final class DictOpener implements AutoCloseable {
  private final boolean createTables;
  private final LoginTimesOptions loginTimes;
  private final List<ServedDict> opened = new ArrayList<>();

  // Several dicts may stand in one file, whose diagnostics are told once.
  private final Set<Diagnostic> mistakes = new LinkedHashSet<>();
  private final Set<Diagnostic> warnings = new LinkedHashSet<>();

  /**
   * One that has not opened anything.
   *
   * @param createTables whether missing tables are to be created, which not all maps allow
   * @param loginTimes how the times of logins are to be written, which not all maps allow
   */
  DictOpener(boolean createTables, LoginTimesOptions loginTimes) {
    this.createTables = createTables;
    this.loginTimes = loginTimes;
  }

  /** Opens the dict that an option names, unless there are mistakes. */
  void open(DictOption option) {
    try {
      DictConfig config = DictConfig.read(option.file());
      warnings.addAll(config.warnings());
      option
          .driver()
          .ifPresentOrElse(
              driver -> openMapFile(option, driver, config),
              () -> openOutOfMainFile(option, config));
    } catch (ConfigException e) {
      mistakes.addAll(e.diagnostics());
      warnings.addAll(e.warnings());
    }
  }

  /** Opens the dict that is served when nothing else is asked for. */
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
      mistakes.add(
          FileMistake.of(
              file,
              "This is a main configuration of Dovecot, not a map file",
              "Serve a dict out of it by --dict " + option.name() + "=dovecot:" + file));
      return;
    }
    LoginTimes times = loginTimes.of(config);
    open(file, option.name(), config.onlyDict(), Optional.of(driver), times);
  }

  private void openOutOfMainFile(DictOption option, DictConfig config) {
    String file = option.file().toString();
    if (MapFile.is(config)) {
      mistakes.add(
          FileMistake.of(
              file,
              "This is a map file, which says neither the name nor the driver of its dict",
              "Serve it by --dict "
                  + option.name()
                  + "=mysql:"
                  + file
                  + ", or pgsql or sqlite in place of mysql"));
      return;
    }
    DictDefinition dict = config.dict(option.name());
    open(file, option.name(), dict, dict.driver(), loginTimes.of(config));
  }

  private void open(
      String file, String name, DictDefinition dict, Optional<SqlDriver> driver, LoginTimes times) {
    if (driver.isEmpty()) {
      mistakes.add(
          FileMistake.of(
              file,
              "The dict " + name + " does not say which database it lies in",
              "Give it a sql_driver: mysql, pgsql or sqlite."));
    }
    CheckedDict checked = CheckedDict.of(file, dict, driver, createTables);
    List<Diagnostic> all = new ArrayList<>(checked.mistakes());
    all.addAll(times.mistakes(dict));
    mistakes.addAll(all);
    warnings.addAll(checked.warnings());
    Optional<ConnectDataSource> database = checked.database();
    if (all.isEmpty() && database.isPresent()) {
      opened.add(new ServedDict(name, dict.maps(), database.get(), checked.databaseFile(), times));
    }
  }

  /** The dicts that could be opened; all of them, if there are no mistakes. */
  List<ServedDict> opened() {
    return opened;
  }

  /** What keeps dicts from being served. */
  Set<Diagnostic> mistakes() {
    return mistakes;
  }

  /** What is doubtful, but no mistake. */
  Set<Diagnostic> warnings() {
    return warnings;
  }

  @Override
  public void close() {
    opened.forEach(ServedDict::close);
  }
}
