package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lastlogin.dictproto.DictVersion;

/** Starts the dict server of the system's Dovecot 2.3, over its own SQL dict. */
final class DovecotDictServer {
  private static final Pattern PRINTED_VERSION = Pattern.compile("2\\.3\\.(\\d+)");

  /** The first release of 2.3 that speaks version 3 of the protocol instead of version 2. */
  private static final int FIRST_OF_VERSION_3 = 17;

  private DovecotDictServer() {}

  /**
   * Checks that Dovecot speaks a version of the protocol.
   *
   * @throws IOException if it does not, or if the system has no Dovecot 2.3
   */
  static void requireVersion(DictVersion version) throws IOException, InterruptedException {
    String printed = Programs.run("dovecot", "--version").strip();
    Matcher matcher = PRINTED_VERSION.matcher(printed);
    if (!matcher.lookingAt()) {
      throw new IOException("Needs Dovecot 2.3, but the installed Dovecot is " + printed);
    }
    DictVersion spoken =
        Integer.parseInt(matcher.group(1)) >= FIRST_OF_VERSION_3
            ? DictVersion.V3_2
            : DictVersion.V2_2;
    if (!spoken.equals(version)) {
      throw new IOException(
          "Dovecot " + printed + " does not speak version " + version + ", only " + spoken);
    }
  }

  /** Starts a server with its files below a directory that all users may enter. */
  static Contender start(Path parent, MariaDb database, int processes)
      throws IOException, InterruptedException {
    Path directory = Files.createDirectory(parent.resolve("dovecot"));
    Path maps = MapFile.write(directory, database);
    // Its dict processes run as another user.
    Programs.run("chmod", "644", maps.toString());
    Path config =
        Files.writeString(
            directory.resolve("dovecot.conf"),
            Resources.read("dovecot.conf")
                .replace("@DIR@", directory.toString())
                .replace("@PROCESSES@", Integer.toString(processes)));
    Path socket = directory.resolve("run/dict");
    return Contender.start(
        "Dovecot",
        socket,
        parent.resolve("dovecot.log"),
        List.of("dovecot", "-F", "-c", config.toString()));
  }
}
