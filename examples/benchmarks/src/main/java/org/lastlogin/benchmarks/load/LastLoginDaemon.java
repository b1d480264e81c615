package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Starts the program {@code lastlogin-dictd} as its users do. */
final class LastLoginDaemon {
  private LastLoginDaemon() {}

  /** Starts a daemon with its files below a directory. */
  static Contender start(Path parent, MariaDb database, Path jar, List<String> javaOptions)
      throws IOException, InterruptedException {
    // Independent of the umask, because the daemon refuses a directory that its group may write to.
    Path directory =
        Files.createDirectory(
            parent.resolve("lastlogin"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Path socket = directory.resolve("dict");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(
        List.of("--dict", Contender.DICT + "=mysql:" + MapFile.write(directory, database)));
    command.addAll(List.of("--listen", "unix:" + socket));
    return Contender.start("lastlogin", socket, parent.resolve("lastlogin.log"), command);
  }
}
