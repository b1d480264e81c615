package org.lastlogin.dictd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Dovecot 2.4 on loopback, in a Debian system of its own, whose directory the environment
 * variable {@code LASTLOGIN_TRIXIE} names. Not safe for use by several threads.
 */
final class Dovecot24 implements AutoCloseable {
  private static final String VARIABLE = "LASTLOGIN_TRIXIE";

  private final Path system;
  private final Path directory;
  private final MailClient client;
  private boolean running;

  private Dovecot24(Path system, Path directory) throws IOException {
    this.system = system;
    this.directory = directory;
    this.client = MailClient.atFreePorts();
  }

  /** What keeps a Dovecot 2.4 from being used here, and what to do about it. */
  static Optional<String> missing() throws IOException {
    String system = system();
    if (system == null || !Files.isExecutable(Path.of(system, "usr/sbin/dovecot"))) {
      return Optional.of(
          "There is no Dovecot 2.4; as root: .ci/dovecot-2.4 DIR, and set " + VARIABLE + " to DIR");
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("Another root directory takes root: run these tests as root");
    }
    boolean prepared =
        Files.exists(Path.of(system, "proc/self"))
            && Files.exists(Path.of(system, "dev/urandom"))
            && Files.readString(Path.of(system, "etc/passwd")).contains(":5000:5000:");
    return prepared
        ? Optional.empty()
        : Optional.of("The Debian system is not ready; as root: .ci/dovecot-2.4 " + system);
  }

  private static @Nullable String system() {
    return System.getenv(VARIABLE);
  }

  /** One that does not run yet, with a directory for its files. */
  static Dovecot24 create() throws IOException, InterruptedException {
    Path system = Path.of(String.valueOf(system()));
    Path directory = Files.createTempDirectory(system.resolve("tmp"), "ll");
    Path mail = Files.createDirectory(directory.resolve("mail"));
    Path database = Files.createDirectory(directory.resolve("db"));
    // Dovecot's processes are other users: they have to get here.
    Command.require("chmod", "755", directory.toString());
    Command.require("chmod", "777", database.toString());
    Command.require("chown", "5000:5000", mail.toString());
    return new Dovecot24(system, directory);
  }

  /** The directory of its files, for processes outside of its system. */
  Path directory() {
    return directory;
  }

  /** A path in the directory of its files, for processes inside of its system. */
  String inside(String path) {
    return "/" + system.relativize(directory.resolve(path));
  }

  /** Appends settings to its configuration, and returns what Dovecot understands by all of it. */
  String configure(String settings) throws IOException, InterruptedException {
    String basis =
        client.fillIn(DictFiles.resource("dovecot-2.4-server.conf").replace("@DIR@", inside("")));
    Files.writeString(directory.resolve("dovecot.conf"), basis + settings);
    return Command.require(
        "chroot", system.toString(), "doveconf", "-n", "-P", "-c", inside("dovecot.conf"));
  }

  /** Starts it. */
  void start() throws IOException, InterruptedException {
    Command.require("chroot", system.toString(), "dovecot", "-c", inside("dovecot.conf"));
    running = true;
  }

  /** A client of it. */
  MailClient client() {
    return client;
  }

  /** What it has logged. */
  String log() throws IOException {
    return Files.readString(directory.resolve("dovecot.log"));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (running) {
      Command.require("chroot", system.toString(), "dovecot", "-c", inside("dovecot.conf"), "stop");
    }
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    }
  }
}
