package org.lastlogin.dictd;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.DictDefinition;

/**
 * The result of {@code check}.
 *
 * @param files the files, in the order in which they were given
 */
record CheckReport(List<CheckedFile> files) {

  /** Returns the number of errors in all files. */
  int errors() {
    return files.stream().mapToInt(file -> file.errors().size()).sum();
  }

  /** Returns the number of warnings in all files. */
  int warnings() {
    return files.stream().mapToInt(file -> file.warnings().size()).sum();
  }

  /** Returns the exit status of the program. */
  int exitStatus() {
    if (errors() > 0) {
      return ExitStatus.CONFIG;
    }
    return warnings() > 0 ? ExitStatus.WARNINGS : ExitStatus.OK;
  }

  /** Returns the report as text: the diagnostics, a line for each clean file, and the totals. */
  String text() {
    StringBuilder out = new StringBuilder();
    for (CheckedFile file : files) {
      for (Diagnostic diagnostic : file.diagnostics()) {
        out.append(diagnostic.render()).append("\n\n");
      }
    }
    for (CheckedFile file : files) {
      if (file.diagnostics().isEmpty()) {
        out.append(file.file()).append(": ").append(contents(file)).append(": no errors\n");
      }
    }
    if (errors() + warnings() > 0) {
      out.append(total()).append('\n');
    }
    return out.toString();
  }

  private static String contents(CheckedFile file) {
    if (file.dicts().isEmpty()) {
      return "no SQL dicts";
    }
    return file.dicts().stream().map(CheckReport::contents).collect(Collectors.joining("; "));
  }

  private static String contents(DictDefinition dict) {
    String name = dict.name().map(known -> "dict " + known + ", ").orElse("");
    return name + count(dict.maps().asList().size(), "map");
  }

  private String total() {
    List<String> parts = new ArrayList<>();
    if (errors() > 0) {
      parts.add(count(errors(), "error"));
    }
    if (warnings() > 0) {
      parts.add(count(warnings(), "warning"));
    }
    return String.join(", ", parts) + " in " + count(files.size(), "file");
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
