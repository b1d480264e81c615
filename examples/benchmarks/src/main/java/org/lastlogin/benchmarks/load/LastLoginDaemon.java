package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The program {@code lastlogin-dictd}, as its users run it. */
final class LastLoginDaemon {
  private LastLoginDaemon() {}

  /** Starts one whose files lie below a directory. */
  static Contender start(Path parent, MariaDb database, Path jar, List<String> javaOptions)
      throws IOException, InterruptedException {
    // Whatever the umask: the daemon refuses a directory that its group may write to.
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
