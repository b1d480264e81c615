package org.lastlogin.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lastlogin.map.DictMaps;

/**
 * The configuration of a SQL dict: its maps, and how to reach its database. Immutable.
 *
 * <p>It is read from the file that Dovecot 2.2 and 2.3 name in {@code dict { NAME = mysql:FILE }}.
 * Files are read as UTF-8 and may have up to 1 MiB. Whatever Dovecot would reject or could never
 * use is an error here, and all errors are reported at once; what it would quietly ignore is a
 * warning.
 */
public final class DictConfig {
  private final String fileName;
  private final DictMaps maps;
  private final @Nullable ConnectString connect;
  private final List<Diagnostic> warnings;

  private DictConfig(
      String fileName, DictMaps maps, @Nullable ConnectString connect, List<Diagnostic> warnings) {
    this.fileName = fileName;
    this.maps = maps;
    this.connect = connect;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads a file, and those that it includes.
   *
   * @throws ConfigException if it cannot be read, or there are mistakes in it
   */
  public static DictConfig read(Path file) {
    Objects.requireNonNull(file, "file");
    Diagnostics diagnostics = new Diagnostics();
    SourceFile source;
    try {
      source = SourceReader.read(file, diagnostics);
    } catch (IOException e) {
      String message = "Cannot read this file: " + SourceReader.reason(e);
      ConfigException failure =
          new ConfigException(List.of(Diagnostic.ofFile(file.toString(), message)));
      failure.initCause(e);
      throw failure;
    }
    return read(source, file, System::getenv, diagnostics);
  }

  /**
   * Reads a text as if it stood in a file.
   *
   * @param text the text
   * @param fileName the name of the file, which need not exist: messages show it, and paths of
   *     included files are relative to it
   * @throws ConfigException if there are mistakes in it
   */
  public static DictConfig parse(String text, String fileName) {
    return parse(text, fileName, System::getenv);
  }

  /** Reads a text in an environment of one's own. */
  static DictConfig parse(
      String text, String fileName, UnaryOperator<@Nullable String> environment) {
    return read(new SourceFile(fileName, text), Path.of(fileName), environment, new Diagnostics());
  }

  private static DictConfig read(
      SourceFile source,
      Path path,
      UnaryOperator<@Nullable String> environment,
      Diagnostics diagnostics) {
    List<Node> nodes = new Includes(environment, diagnostics).parse(source, path);
    MapFileReader reader = new MapFileReader(diagnostics);
    reader.read(nodes);
    throwErrors(diagnostics);
    return new DictConfig(source.name(), reader.maps(), reader.connect(), diagnostics.warnings());
  }

  static void throwErrors(Diagnostics diagnostics) {
    List<Diagnostic> errors = diagnostics.errors();
    if (!errors.isEmpty()) {
      throw new ConfigException(errors);
    }
  }

  /** The maps, in the order of the file. */
  public DictMaps maps() {
    return maps;
  }

  /** How to reach the database, if the file says so. */
  public Optional<ConnectString> connect() {
    return Optional.ofNullable(connect);
  }

  /**
   * How to reach the database, for those who cannot do without.
   *
   * @throws ConfigException if the file does not say so
   */
  public ConnectString requireConnect() {
    if (connect == null) {
      throw new ConfigException(
          List.of(
              Diagnostic.ofFile(
                  fileName,
                  "There is no `connect` setting, so there is no database to connect to")));
    }
    return connect;
  }

  /** What is doubtful, but no mistake, in the order of the file. */
  public List<Diagnostic> warnings() {
    return warnings;
  }

  /** The maps and the pairs of {@code connect}, without secrets. */
  @Override
  public String toString() {
    return "DictConfig[connect=" + connect + ", maps=" + maps + "]";
  }
}
