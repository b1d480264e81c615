package org.lastlogin.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.check.ConfigLint;
import org.lastlogin.config.check.DictDraft;
import org.lastlogin.config.check.ForeignFile;
import org.lastlogin.config.mainfile.ConfigKind;
import org.lastlogin.config.mainfile.LastLoginProtocols;
import org.lastlogin.config.mainfile.MainConfig23Reader;
import org.lastlogin.config.mainfile.MainConfigLastLogin;
import org.lastlogin.config.mainfile.MainConfigParser;
import org.lastlogin.config.mainfile.MainConfigReader;
import org.lastlogin.config.mainfile.MainConfigTree;
import org.lastlogin.config.mainfile.MainConfigValues;
import org.lastlogin.config.mapfile.ConnectParser;
import org.lastlogin.config.mapfile.MapFileLexer;
import org.lastlogin.config.mapfile.MapFileParser;
import org.lastlogin.config.mapfile.MapFileReader;
import org.lastlogin.config.source.Diagnostics;
import org.lastlogin.config.source.DictPlace;
import org.lastlogin.config.source.Includes;
import org.lastlogin.config.source.Node;
import org.lastlogin.config.source.SourceFile;
import org.lastlogin.config.source.SourceReader;
import org.lastlogin.config.source.Text;
import org.lastlogin.map.DictMaps;

/**
 * A configuration of SQL dicts, read from a map file or a main configuration of Dovecot; the {@link
 * ConfigFormat} is recognised. Immutable.
 *
 * <p>Files are read as UTF-8 and may have up to 1 MiB. What Dovecot would reject or could never use
 * is an error here, and all errors are reported at once; what it would quietly ignore is a warning.
 */
public final class DictConfig {
  private final String fileName;
  private final ConfigFormat format;
  private final List<DictDefinition> dicts;
  private final @Nullable LastLoginSettings lastLogin;
  private final LastLoginProtocols lastLoginProtocols;
  private final List<Diagnostic> warnings;

  private DictConfig(
      String fileName,
      ConfigFormat format,
      List<DictDefinition> dicts,
      @Nullable LastLoginSettings lastLogin,
      LastLoginProtocols lastLoginProtocols,
      List<Diagnostic> warnings) {
    this.fileName = fileName;
    this.format = format;
    this.dicts = List.copyOf(dicts);
    this.lastLogin = lastLogin;
    this.lastLoginProtocols = lastLoginProtocols;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads a file, and those that it includes.
   *
   * @throws ConfigException if it cannot be read, or it contains errors
   */
  public static DictConfig read(Path file) {
    Objects.requireNonNull(file, "file");
    Diagnostics diagnostics = new Diagnostics();
    SourceFile source;
    try {
      source = SourceReader.read(file, diagnostics);
    } catch (IOException e) {
      ConfigException failure =
          ofFile(file.toString(), "Cannot read this file: " + SourceReader.reason(e));
      failure.initCause(e);
      throw failure;
    }
    return read(source, file, System::getenv, diagnostics);
  }

  /**
   * Reads a text as if it was in a file.
   *
   * @param text the text
   * @param fileName the name of the file, which need not exist: messages show it, and paths of
   *     included files are relative to it
   * @throws ConfigException if it contains errors
   */
  public static DictConfig parse(String text, String fileName) {
    return parse(text, fileName, System::getenv);
  }

  /** Reads a text with given environment variables. */
  static DictConfig parse(
      String text, String fileName, UnaryOperator<@Nullable String> environment) {
    return read(new SourceFile(fileName, text), Path.of(fileName), environment, new Diagnostics());
  }

  private static DictConfig read(
      SourceFile source,
      Path path,
      UnaryOperator<@Nullable String> environment,
      Diagnostics diagnostics) {
    if (ForeignFile.isReported(source, diagnostics)) {
      diagnostics.throwErrors();
    }
    return new Reader(source, path, environment, diagnostics).read();
  }

  /** Reads the value of a {@code connect} setting. */
  static ConnectSettings parseConnect(String value) {
    Diagnostics diagnostics = new Diagnostics();
    Text text = Text.of(new SourceFile(ConnectSettings.SOURCE, value));
    ConnectSettings connect = new ConnectParser(diagnostics).parse(text);
    diagnostics.throwErrors();
    return connect;
  }

  private static ConfigException ofFile(String fileName, String message) {
    return ConfigException.of(Diagnostic.error(Origin.ofFile(fileName), message));
  }

  /** The name of the file, for messages. */
  String fileName() {
    return fileName;
  }

  /** The format of the file. */
  public ConfigFormat format() {
    return format;
  }

  /** All dicts, in the order of the file; exactly one if it is a map file. */
  public List<DictDefinition> dicts() {
    return dicts;
  }

  /**
   * Returns the dict of a name.
   *
   * @throws ConfigException if no dict has it; the message lists the names
   */
  public DictDefinition dict(String name) {
    return dicts.stream()
        .filter(dict -> dict.name().filter(name::equals).isPresent())
        .findFirst()
        .orElseThrow(
            () ->
                ofFile(
                    fileName,
                    "There is no SQL dict named " + name + " in it; there are " + names()));
  }

  /**
   * Returns the only dict.
   *
   * @throws ConfigException if there is none, or there are several; the message lists their names
   */
  public DictDefinition onlyDict() {
    if (dicts.size() != 1) {
      throw ofFile(fileName, "Expected one SQL dict in it; there are " + names());
    }
    return dicts.get(0);
  }

  private List<String> names() {
    return dicts.stream().map(dict -> dict.name().orElse("one without a name")).toList();
  }

  /**
   * The maps of the {@linkplain #onlyDict() only dict}, in the order of the file.
   *
   * @throws ConfigException if there is not exactly one dict
   */
  public DictMaps maps() {
    return onlyDict().maps();
  }

  /**
   * Returns the settings of the connection to the database of the {@linkplain #onlyDict() only
   * dict}, if the file has any.
   *
   * @throws ConfigException if there is not exactly one dict
   */
  public Optional<ConnectSettings> connect() {
    return onlyDict().connect();
  }

  /**
   * Returns the settings of the connection to the database of the {@linkplain #onlyDict() only
   * dict}, which must have some.
   *
   * @throws ConfigException if the file has none, or there is not exactly one dict
   */
  public ConnectSettings requireConnect() {
    return onlyDict().requireConnect();
  }

  /**
   * Returns the same configuration with another name and driver for its {@linkplain #onlyDict()
   * only dict}; a map file names neither.
   *
   * @throws ConfigException if there is not exactly one dict
   */
  public DictConfig named(String name, SqlDriver driver) {
    return new DictConfig(
        fileName,
        format,
        List.of(onlyDict().named(name, driver)),
        lastLogin,
        lastLoginProtocols,
        warnings);
  }

  /** Returns the settings of the last_login plugin, if it is a main configuration that has some. */
  public Optional<LastLoginSettings> lastLogin() {
    return Optional.ofNullable(lastLogin);
  }

  /** Returns the protocols that load the last_login plugin. */
  LastLoginProtocols lastLoginProtocols() {
    return lastLoginProtocols;
  }

  /** The warnings, in the order of the file. */
  public List<Diagnostic> warnings() {
    return warnings;
  }

  /** The dicts, without secrets. */
  @Override
  public String toString() {
    return "DictConfig[" + fileName + ", " + format + ", " + dicts + "]";
  }

  /** Recognises a file, and reads it as what it is. */
  private static final class Reader {
    private final SourceFile source;
    private final Path path;
    private final UnaryOperator<@Nullable String> environment;
    private final Diagnostics diagnostics;

    Reader(
        SourceFile source,
        Path path,
        UnaryOperator<@Nullable String> environment,
        Diagnostics diagnostics) {
      this.source = source;
      this.path = path;
      this.environment = environment;
      this.diagnostics = diagnostics;
    }

    /**
     * Reads the file, and those that it includes. Every file is parsed as a main configuration
     * first, which shows what it is; if it is a map file, what was noted on the way is forgotten.
     */
    DictConfig read() {
      Diagnostics found = new Diagnostics();
      List<Node> nodes = mainFiles(found).parse(source, path);
      ConfigKind kind = ConfigKind.of(nodes, source);
      if (kind == ConfigKind.MAP_FILE) {
        source.forget();
        return config(
            ConfigFormat.DOVECOT_2_3,
            List.of(mapFile(source, path)),
            Optional.empty(),
            LastLoginProtocols.NONE);
      }
      diagnostics.addAll(found);
      MainConfigTree tree = new MainConfigTree(nodes);
      MainConfigValues values = new MainConfigValues(environment, diagnostics);
      MainConfigLastLogin lastLogin = new MainConfigLastLogin(tree, values);
      LastLoginProtocols protocols = LastLoginProtocols.of(tree.root());
      return kind == ConfigKind.MAIN_2_3
          ? config(
              ConfigFormat.DOVECOT_2_3,
              new MainConfig23Reader(tree, values, this::mapFile, diagnostics).read(),
              lastLogin.readPlugin(),
              protocols)
          : config(
              ConfigFormat.DOVECOT_2_4,
              new MainConfigReader(tree, values, diagnostics, source.name()).read(),
              lastLogin.read(),
              protocols);
    }

    private DictConfig config(
        ConfigFormat format,
        List<DictDraft> drafts,
        Optional<LastLoginSettings> lastLogin,
        LastLoginProtocols protocols) {
      ConfigLint.check(drafts, lastLogin.orElse(null), diagnostics);
      diagnostics.throwErrors();
      return new DictConfig(
          source.name(),
          format,
          drafts.stream().map(DictDraft::dict).toList(),
          lastLogin.orElse(null),
          protocols,
          diagnostics.warnings());
    }

    private DictDraft mapFile(SourceFile file, Path filePath) {
      return new MapFileReader(diagnostics)
          .read(mapFiles().parse(file, filePath), DictPlace.ofFile(file));
    }

    private Includes mapFiles() {
      return new Includes(
          (file, includes) ->
              new MapFileParser(
                      new MapFileLexer(file, environment, diagnostics), includes, diagnostics)
                  .parse(),
          diagnostics);
    }

    private static Includes mainFiles(Diagnostics diagnostics) {
      return new Includes(
          (file, includes) -> new MainConfigParser(file, includes, diagnostics).parse(),
          diagnostics);
    }
  }
}
