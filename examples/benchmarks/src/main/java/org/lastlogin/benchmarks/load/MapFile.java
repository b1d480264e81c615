package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file with the maps, which both dict servers read. */
final class MapFile {
  private static final String NAME = "last-login.conf";

  private MapFile() {}

  /** Writes it for a database. */
  static Path write(Path directory, MariaDb database) throws IOException {
    return Files.writeString(
        directory.resolve(NAME),
        Resources.read(NAME).replace("@CONNECT@", database.connectSetting()));
  }
}
