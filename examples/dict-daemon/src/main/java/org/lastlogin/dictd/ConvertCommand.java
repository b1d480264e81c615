package org.lastlogin.dictd;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.ConfigFormat;
import org.lastlogin.config.ConfigWriter;
import org.lastlogin.config.ConfigWriter.Output;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.SqlDriver;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code convert}: converts a configuration to the format of another Dovecot. */
@Command(
    name = "convert",
    description = {
      "Reads a configuration and prints its dicts in the format of another version of Dovecot: the map file of 2.3 and 2.2"
          + " becomes the section dict_server of 2.4, or the reverse.",
      "",
      "Warnings report what the result says differently. The result contains the password: restrict who may read it."
    },
    mixinStandardHelpOptions = true,
    versionProvider = DictDaemon.Version.class,
    usageHelpAutoWidth = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      " 0:success",
      "64:wrong usage",
      "78:the file cannot be read, has errors, or has a setting without an equivalent in the other version"
    })
final class ConvertCommand implements Callable<Integer> {
  private static final String DEFAULT_NAME = "lastlogin";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "VERSION",
      converter = FormatConverter.class,
      description = "The version of Dovecot to write for: 2.4 or 2.3.")
  private ConfigFormat to = ConfigFormat.DOVECOT_2_4;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "The name to give to the dict of a map file, which has none; by default "
              + DEFAULT_NAME
              + ". Or the dict to convert, if a main configuration has several.")
  private @Nullable String name;

  @Option(
      names = "--driver",
      paramLabel = "DRIVER",
      converter = DriverConverter.class,
      description =
          "The driver of a map file: mysql, pgsql or sqlite. By default it is guessed from the"
              + " connect setting.")
  private @Nullable SqlDriver driver;

  @Parameters(
      paramLabel = "FILE",
      description = "The file, together with the files that it includes.")
  private Path file = Path.of("");

  private ConvertCommand() {}

  @Override
  public Integer call() {
    try {
      DictConfig config = DictConfig.read(file);
      config.warnings().forEach(this::printError);
      requireFittingOptions(config);
      Output output = convert(MapFile.is(config) ? withNameAndDriver(config) : config);
      output.warnings().forEach(this::printError);
      PrintWriter out = spec.commandLine().getOut();
      out.print(output.text());
      out.flush();
      return ExitStatus.OK;
    } catch (ConfigException e) {
      e.diagnostics().forEach(this::printError);
      e.warnings().forEach(this::printError);
      return ExitStatus.CONFIG;
    }
  }

  private void requireFittingOptions(DictConfig config) {
    if (MapFile.is(config)) {
      return;
    }
    if (driver != null) {
      throw usageError(
          "--driver needs a map file, and " + file + " is a main configuration; omit --driver");
    }
    if (name != null && to == ConfigFormat.DOVECOT_2_4) {
      throw usageError(
          "--name needs a map file or --to 2.3, and "
              + file
              + " is a main configuration; omit --name");
    }
    if (name == null && to == ConfigFormat.DOVECOT_2_3 && config.dicts().size() > 1) {
      throw usageError(
          "a map file has one dict, and "
              + file
              + " has "
              + config.dicts().stream().flatMap(dict -> dict.name().stream()).toList()
              + ": choose one with --name");
    }
  }

  private ParameterException usageError(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Returns a map file's configuration with the name and the driver that a map file lacks. */
  private DictConfig withNameAndDriver(DictConfig config) {
    return config.named(
        name == null ? DEFAULT_NAME : name,
        driver == null ? guessDriver(config.onlyDict()) : driver);
  }

  private SqlDriver guessDriver(DictDefinition dict) {
    SqlDriver guess = DriverGuess.of(dict);
    if (to == ConfigFormat.DOVECOT_2_4) {
      printError(
          "lastlogin-dictd convert: a map file does not name its driver; assuming --driver "
              + guess.configName());
    }
    return guess;
  }

  private Output convert(DictConfig config) {
    List<Output> outputs = ConfigWriter.write(config, to);
    if (to == ConfigFormat.DOVECOT_2_4) {
      return outputs.get(0);
    }
    DictDefinition dict = name == null ? config.onlyDict() : config.dict(name);
    return outputs.get(config.dicts().indexOf(dict));
  }

  private void printError(Diagnostic diagnostic) {
    printError(diagnostic.render());
  }

  private void printError(String line) {
    spec.commandLine().getErr().println(line);
  }

  /** Parses a version for picocli. */
  static final class FormatConverter implements ITypeConverter<ConfigFormat> {
    @Override
    public ConfigFormat convert(String value) {
      return Arrays.stream(ConfigFormat.values())
          .filter(format -> format.version().equals(value))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException("'" + value + "' is neither 2.4 nor 2.3"));
    }
  }

  /** Parses a driver for picocli. */
  static final class DriverConverter implements ITypeConverter<SqlDriver> {
    @Override
    public SqlDriver convert(String value) {
      return SqlDriver.ofConfigName(value)
          .orElseThrow(
              () -> new TypeConversionException("'" + value + "' is not mysql, pgsql or sqlite"));
    }
  }
}
