package org.lastlogin.dictd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lastlogin.dictd.Command.Result;

/**
 * A real Dovecot 2.3 on loopback, whose last_login plugin writes to a dict socket. Not safe for use
 * by several threads.
 */
final class Dovecot implements AutoCloseable {
  private static final Path BINARY = Path.of("/usr/sbin/dovecot");
  private static final String VERSION = "2.3.";
  private static final List<String> PROTOCOL_DAEMONS = List.of("imap", "pop3", "lmtp");

  private final Path config;
  private final Path socket;
  private final MailClient client;

  private Dovecot(Path directory, Path socket) throws IOException {
    this.config = directory.resolve("dovecot.conf");
    this.socket = socket;
    this.client = MailClient.atFreePorts();
  }

  /** What keeps a real Dovecot from being used here, and what to do about it. */
  static Optional<String> missing() throws IOException, InterruptedException {
    String install =
        "; on Debian 12, as root: apt-get install --no-install-recommends dovecot-core dovecot-imapd dovecot-pop3d"
            + " dovecot-lmtpd";
    if (!Files.isExecutable(BINARY)) {
      return Optional.of("Dovecot is not installed" + install);
    }
    for (String daemon : PROTOCOL_DAEMONS) {
      if (!Files.isExecutable(Path.of("/usr/lib/dovecot", daemon))) {
        return Optional.of("Dovecot's " + daemon + " is not installed" + install);
      }
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("Dovecot changes the user of its processes: run these tests as root");
    }
    String version = Command.require(BINARY.toString(), "--version");
    return version.startsWith(VERSION)
        ? Optional.empty()
        : Optional.of(
            "This Dovecot is " + version.strip() + "; these tests need " + VERSION + "x" + install);
  }

  /** Starts one, with all its files in a directory. */
  static Dovecot start(Path directory, Path dictSocket) throws IOException, InterruptedException {
    Dovecot dovecot = new Dovecot(directory, dictSocket);
    dovecot.writeFiles(directory);
    Command.require(BINARY.toString(), "-c", dovecot.config.toString());
    return dovecot;
  }

  private void writeFiles(Path directory) throws IOException, InterruptedException {
    String text =
        DictFiles.resource("dovecot-2.3.conf")
            .replace("@DIR@", directory.toString())
            .replace("@DICT_SOCKET@", socket.toString());
    Files.writeString(config, client.fillIn(text));
    Path mail = Files.createDirectories(directory.resolve("mail"));
    // Dovecot's processes are other users: they have to get here.
    Command.require("chmod", "755", directory.toString());
    Command.require("chown", "5000:5000", mail.toString());
  }

  /** A client of it. */
  MailClient client() {
    return client;
  }

  /** Runs {@code doveadm dict COMMAND OPTIONS DICT ARGUMENTS} against the dict server. */
  Result doveadmDict(String command, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(List.of("doveadm", "-c", config.toString(), "dict", command));
    line.addAll(options);
    line.add("proxy:" + socket + ":lastlogin");
    line.addAll(List.of(arguments));
    return Command.run(line);
  }

  /** What Dovecot has logged. */
  String log() throws IOException {
    Path log = config.resolveSibling("dovecot.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @Override
  public void close() throws IOException, InterruptedException {
    Command.require(BINARY.toString(), "-c", config.toString(), "stop");
  }
}
