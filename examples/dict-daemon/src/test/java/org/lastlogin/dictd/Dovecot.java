package org.lastlogin.dictd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lastlogin.dictd.Command.Result;

/**
 * A real Dovecot on loopback. Its client and {@link #doveadm} may be used by any threads, the rest
 * by one.
 */
final class Dovecot implements AutoCloseable {
  private final DovecotSystem system;
  private final DovecotVersion version;
  private final Path directory;
  private final MailClient client;
  private boolean running;

  private Dovecot(DovecotSystem system, Path directory) throws IOException, InterruptedException {
    this.system = system;
    this.version = system.version();
    this.directory = directory;
    this.client = MailClient.atFreePorts();
  }

  /** Creates one that does not run yet, with its files in {@code parent/<its system's name>}. */
  static Dovecot create(DovecotSystem system, Path parent)
      throws IOException, InterruptedException {
    Dovecot dovecot = new Dovecot(system, parent.resolve(system.lowerCase()));
    Path mail = Files.createDirectories(dovecot.directory.resolve("mail"));
    // Dovecot's processes run as other users, who need access to this directory.
    Command.require("chmod", "755", parent.toString(), dovecot.directory.toString());
    Command.require("chown", "5000:5000", mail.toString());
    return dovecot;
  }

  /**
   * Starts one whose last_login plugin writes to a dict socket: the time of a login, and its
   * address if the plugin supports it.
   */
  static Dovecot startWithLastLogin(DovecotSystem system, Path parent, Path dictSocket)
      throws IOException, InterruptedException {
    Dovecot dovecot = create(system, parent);
    String settings =
        DictFiles.resource("last-login-" + dovecot.version.series() + ".conf")
            .replace("@DICT_SOCKET@", dictSocket.toString());
    dovecot.configure(
        dovecot.writesFields()
            ? settings + DictFiles.resource("last-login-fields.conf")
            : settings);
    dovecot.start();
    return dovecot;
  }

  /** Returns whether its last_login plugin can write further keys. */
  boolean writesFields() {
    return version.isAtLeast(2, 4, 5);
  }

  /** Appends settings to its configuration, and returns the settings that Dovecot has parsed. */
  String configure(String settings) throws IOException, InterruptedException {
    String basis =
        DictFiles.resource("dovecot-" + version.series() + "-server.conf")
            .replace("@DIR@", directory.toString());
    Files.writeString(config(), client.fillIn(basis) + settings);
    return system.require("doveconf", "-n", "-P", "-c", config().toString());
  }

  /** Starts it. */
  void start() throws IOException, InterruptedException {
    system.require("dovecot", "-c", config().toString());
    running = true;
  }

  private Path config() {
    return directory.resolve("dovecot.conf");
  }

  /** Returns the directory of its files. */
  Path directory() {
    return directory;
  }

  DovecotSystem system() {
    return system;
  }

  DovecotVersion version() {
    return version;
  }

  /** Returns a client of it. */
  MailClient client() {
    return client;
  }

  /** Runs {@code doveadm}. */
  Result doveadm(List<String> arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("doveadm", "-c", config().toString()));
    line.addAll(arguments);
    return system.run(line);
  }

  /** Delivers a mail from a file by the LDA. */
  void deliver(String user, Path mail) throws IOException, InterruptedException {
    system.require(
        "/usr/lib/dovecot/dovecot-lda",
        "-c",
        config().toString(),
        "-d",
        user,
        "-p",
        mail.toString());
  }

  /** Returns its log. */
  String log() throws IOException {
    Path log = directory.resolve("dovecot.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (running) {
      system.require("dovecot", "-c", config().toString(), "stop");
      running = false;
    }
  }
}
