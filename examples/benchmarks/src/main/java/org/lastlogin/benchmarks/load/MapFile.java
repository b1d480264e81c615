package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lastlogin.config.DictConfig;

/** Writes the map file that both dict servers read. */
final class MapFile {
  private static final String NAME = "last-login.conf";
  private static final String TABLE = "last_login";

  private MapFile() {}

  /** Writes the map file for a database. */
  static Path write(Path directory, MariaDb database) throws IOException {
    return Files.writeString(directory.resolve(NAME), text(database));
  }

  /** Returns the map file's configuration for a table with another name than {@code last_login}. */
  static DictConfig parse(MariaDb database, String table) throws IOException {
    return DictConfig.parse(text(database).replace(TABLE, table), NAME);
  }

  private static String text(MariaDb database) throws IOException {
    return Resources.read(NAME).replace("@CONNECT@", database.connectSetting());
  }
}
