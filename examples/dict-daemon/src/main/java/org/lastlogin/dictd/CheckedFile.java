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
 * A configuration file with its errors and warnings.
 *
 * @param file its name, as given on the command line
 * @param config its contents, if the file can be read and parsed
 * @param errors its errors
 * @param warnings its warnings
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
      // Dicts may share a database or a map, whose diagnostics are reported once.
      Set<Diagnostic> errors = new LinkedHashSet<>();
      Set<Diagnostic> warnings = new LinkedHashSet<>(config.warnings());
      for (DictDefinition dict : config.dicts()) {
        CheckedDict checked = CheckedDict.of(file, dict, dict.driver());
        errors.addAll(checked.errors());
        warnings.addAll(checked.warnings());
      }
      return new CheckedFile(file, Optional.of(config), List.copyOf(errors), List.copyOf(warnings));
    } catch (ConfigException e) {
      return new CheckedFile(file, Optional.empty(), e.diagnostics(), e.warnings());
    }
  }

  /** Returns its dicts; none if the file cannot be read and parsed. */
  List<DictDefinition> dicts() {
    return config.map(DictConfig::dicts).orElse(List.of());
  }

  /** Returns the errors, then the warnings. */
  List<Diagnostic> diagnostics() {
    return Stream.concat(errors.stream(), warnings.stream()).toList();
  }
}
