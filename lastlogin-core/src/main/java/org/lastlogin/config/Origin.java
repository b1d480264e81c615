package org.lastlogin.config;

import org.lastlogin.config.Diagnostic.Severity;

/**
 * The place that a part of a configuration comes from: a file, a line and a column. Errors that are
 * found after reading, such as a setting that a driver does not know, point there: {@link
 * Diagnostic#error} makes a diagnostic of an origin and a message. Implementations are immutable.
 *
 * <p>Values such as {@link DictDefinition} and {@link DatabaseServer} know origins by this
 * interface alone. The parsers implement it: only they have the text of the file, with which a
 * diagnostic shows the line, and know which of its characters belong to passwords. A program that
 * keeps its settings elsewhere can implement it, too.
 */
public interface Origin {
  /** The name of the file, or what messages call the source that is not a file. */
  String file();

  /** The line, counted from 1; 0 if the file as a whole is meant. */
  default int line() {
    return 0;
  }

  /** The column, counted from 1 in code points; 0 if the file as a whole is meant. */
  default int column() {
    return 0;
  }

  /**
   * Returns a diagnostic that points here.
   *
   * @param message what is wrong; the implementation masks passwords of this place in it
   */
  Diagnostic diagnostic(Severity severity, String message);

  /**
   * Returns the origin of a part: of a map, that of its table or of a column by its name; of a
   * server, that of a setting by its name. If no part has that name, returns an origin that is
   * nearby.
   */
  default Origin part(String name) {
    return this;
  }

  /** Returns the origin of what concerns a file as a whole. */
  static Origin ofFile(String file) {
    return new FileOrigin(file, "");
  }
}
