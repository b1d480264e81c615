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

/** The command {@code convert}: writes a configuration as another version of Dovecot has it. */
@Command(
    name = "convert",
    description = {
      "Reads a configuration and prints its dicts as another version of Dovecot has them: the map file of 2.3 and 2.2 as"
          + " the section dict_server of 2.4, or the reverse.",
      "",
      "Warnings tell what becomes something else. The password is printed, too: mind who may read the result."
    },
    mixinStandardHelpOptions = true,
    versionProvider = DictDaemon.Version.class,
    usageHelpAutoWidth = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      " 0:it is printed",
      "64:wrong usage",
      "78:the file cannot be read, has errors, or says what the other version cannot say"
    })
final class ConvertCommand implements Callable<Integer> {
  private static final String DEFAULT_NAME = "lastlogin";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "VERSION",
      converter = FormatConverter.class,
      description = "The version of Dovecot that is to read it: 2.4, or 2.3.")
  private ConfigFormat to = ConfigFormat.DOVECOT_2_4;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "What to name the dict of a map file, which does not say it ("
              + DEFAULT_NAME
              + "); or which one to take out of a main configuration that has several.")
  private @Nullable String name;

  @Option(
      names = "--driver",
      paramLabel = "DRIVER",
      converter = DriverConverter.class,
      description =
          "The database of a map file: mysql, pgsql or sqlite. Without it, its connect setting is"
              + " what tells.")
  private @Nullable SqlDriver driver;

  @Parameters(paramLabel = "FILE", description = "The file; what it includes is read, too.")
  private Path file = Path.of("");

  private ConvertCommand() {}

  @Override
  public Integer call() {
    try {
      DictConfig config = DictConfig.read(file);
      config.warnings().forEach(this::tell);
      requireFittingOptions(config);
      Output output = written(MapFile.is(config) ? named(config) : config);
      output.warnings().forEach(this::tell);
      PrintWriter out = spec.commandLine().getOut();
      out.print(output.text());
      out.flush();
      return ExitStatus.OK;
    } catch (ConfigException e) {
      e.diagnostics().forEach(this::tell);
      e.warnings().forEach(this::tell);
      return ExitStatus.CONFIG;
    }
  }

  private void requireFittingOptions(DictConfig config) {
    if (MapFile.is(config)) {
      return;
    }
    if (driver != null) {
      throw misuse("--driver is for a map file, and " + file + " is a main configuration");
    }
    if (name != null && to == ConfigFormat.DOVECOT_2_4) {
      throw misuse("--name is for a map file, or for one as the result");
    }
    if (name == null && to == ConfigFormat.DOVECOT_2_3 && config.dicts().size() > 1) {
      throw misuse(
          "a map file has one dict, and "
              + file
              + " has "
              + config.dicts().stream().flatMap(dict -> dict.name().stream()).toList()
              + ": choose one by --name");
    }
  }

  private ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** What a map file says, with what it does not say. */
  private DictConfig named(DictConfig config) {
    return config.named(
        name == null ? DEFAULT_NAME : name, driver == null ? guessed(config.onlyDict()) : driver);
  }

  private SqlDriver guessed(DictDefinition dict) {
    SqlDriver guess = DriverGuess.of(dict);
    if (to == ConfigFormat.DOVECOT_2_4) {
      tell(
          "lastlogin-dictd convert: a map file does not say its driver; assumed --driver "
              + guess.configName());
    }
    return guess;
  }

  private Output written(DictConfig config) {
    List<Output> outputs = ConfigWriter.write(config, to);
    if (to == ConfigFormat.DOVECOT_2_4) {
      return outputs.get(0);
    }
    DictDefinition dict = name == null ? config.onlyDict() : config.dict(name);
    return outputs.get(config.dicts().indexOf(dict));
  }

  private void tell(Diagnostic diagnostic) {
    tell(diagnostic.render());
  }

  private void tell(String line) {
    spec.commandLine().getErr().println(line);
  }

  /** Reads a version for picocli. */
  static final class FormatConverter implements ITypeConverter<ConfigFormat> {
    @Override
    public ConfigFormat convert(String value) {
      return Arrays.stream(ConfigFormat.values())
          .filter(format -> format.version().equals(value))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException("'" + value + "' is neither 2.4 nor 2.3"));
    }
  }

  /** Reads a driver for picocli. */
  static final class DriverConverter implements ITypeConverter<SqlDriver> {
    @Override
    public SqlDriver convert(String value) {
      return SqlDriver.ofConfigName(value)
          .orElseThrow(
              () -> new TypeConversionException("'" + value + "' is not mysql, pgsql or sqlite"));
    }
  }
}
