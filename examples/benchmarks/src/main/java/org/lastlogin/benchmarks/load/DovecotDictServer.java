package org.lastlogin.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lastlogin.dictproto.DictVersion;

/** The dict server of the system's Dovecot 2.3, over its own SQL dict. */
final class DovecotDictServer implements Contender {
  private static final Pattern PRINTED_VERSION = Pattern.compile("2\\.3\\.(\\d+)");

  /** The first release of 2.3 that speaks version 3 of the protocol, and version 2 no more. */
  private static final int FIRST_OF_VERSION_3 = 17;

  private final ServerProcess process;
  private final Path socket;

  private DovecotDictServer(ServerProcess process, Path socket) {
    this.process = process;
    this.socket = socket;
  }

  /**
   * Checks that it speaks a version of the protocol.
   *
   * @throws IOException if not, or if there is no Dovecot 2.3
   */
  static void requireVersion(DictVersion version) throws IOException, InterruptedException {
    String printed = Programs.run("dovecot", "--version").strip();
    Matcher matcher = PRINTED_VERSION.matcher(printed);
    if (!matcher.lookingAt()) {
      throw new IOException("This needs a Dovecot 2.3 to compare with, and here is " + printed);
    }
    DictVersion spoken =
        Integer.parseInt(matcher.group(1)) >= FIRST_OF_VERSION_3
            ? DictVersion.V3_2
            : DictVersion.V2_2;
    if (!spoken.equals(version)) {
      throw new IOException(
          "Dovecot " + printed + " cannot speak version " + version + ", only " + spoken);
    }
  }

  /** Starts one whose files lie below a directory that all users may enter. */
  static DovecotDictServer start(Path parent, MariaDb database, int processes)
      throws IOException, InterruptedException {
    Path directory = Files.createDirectory(parent.resolve("dovecot"));
    Path maps = MapFile.write(directory, database);
    // Its dict processes are of another user.
    Programs.run("chmod", "644", maps.toString());
    Path config =
        Files.writeString(
            directory.resolve("dovecot.conf"),
            Resources.read("dovecot.conf")
                .replace("@DIR@", directory.toString())
                .replace("@PROCESSES@", Integer.toString(processes)));
    Path socket = directory.resolve("run/dict");
    ServerProcess process =
        ServerProcess.start(
            parent.resolve("dovecot.log"), List.of("dovecot", "-F", "-c", config.toString()));
    process.await(() -> Files.exists(socket));
    return new DovecotDictServer(process, socket);
  }

  @Override
  public String name() {
    return "Dovecot";
  }

  @Override
  public Path socket() {
    return socket;
  }

  @Override
  public ProcessTree tree() {
    return process.tree();
  }

  @Override
  public void close() {
    process.close();
  }
}
