package org.lastlogin.dictd;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.lastlogin.config.ConfigException;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.DictConfig;
import org.lastlogin.config.DictDefinition;

/**
 * A configuration file, and all that is to be said about it.
 *
 * @param file its name, as it was given
 * @param config what it says, if it can be read without mistakes
 * @param errors the mistakes in it
 * @param warnings what is doubtful
 */
record CheckedFile(
    String file, Optional<DictConfig> config, List<Diagnostic> errors, List<Diagnostic> warnings) {

  CheckedFile {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /** Reads and checks a file. */
  static CheckedFile read(Path path) {
    String file = path.toString();
    try {
      DictConfig config = DictConfig.read(path);
      // Dicts may have a database or a map in common, about which all is told once.
      Set<Diagnostic> errors = new LinkedHashSet<>();
      Set<Diagnostic> warnings = new LinkedHashSet<>(config.warnings());
      for (DictDefinition dict : config.dicts()) {
        CheckedDict checked = CheckedDict.of(file, dict, dict.driver());
        errors.addAll(checked.mistakes());
        warnings.addAll(checked.warnings());
      }
      return new CheckedFile(file, Optional.of(config), List.copyOf(errors), List.copyOf(warnings));
    } catch (ConfigException e) {
      return new CheckedFile(file, Optional.empty(), e.diagnostics(), e.warnings());
    }
  }

  /** The dicts in it; none, if it cannot be read without mistakes. */
  List<DictDefinition> dicts() {
    return config.map(DictConfig::dicts).orElse(List.of());
  }

  /** The mistakes, then what is doubtful. */
  List<Diagnostic> diagnostics() {
    return Stream.concat(errors.stream(), warnings.stream()).toList();
  }
}
