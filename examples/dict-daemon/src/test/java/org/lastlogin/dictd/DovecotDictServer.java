package org.lastlogin.dictd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.lastlogin.jdbc.testing.TestDatabase;

/**
 * Dovecot's own dict server over its own SQL dict, which has the name {@code lastlogin}, the
 * tutorial's maps and those of extra-maps.conf (without that of the LDA in 2.4). Each connection
 * has its own process, up to 100 at a time, for any number of commands. Thread-safe.
 */
final class DovecotDictServer implements AutoCloseable {
  private final Dovecot dovecot;

  private DovecotDictServer(Dovecot dovecot) {
    this.dovecot = dovecot;
  }

  /** Starts a server over a MariaDB whose tables exist already. */
  static DovecotDictServer start(DovecotSystem system, Path parent, TestDatabase database)
      throws IOException, InterruptedException {
    Dovecot dovecot = Dovecot.create(system, parent);
    if (dovecot.version().isAtLeast(2, 4, 0)) {
      dovecot.configure(MainFiles.dictServer(database));
    } else {
      Path maps = DictFiles.writeAll(dovecot.directory(), database);
      // Dovecot's dict process runs as another user.
      Command.require("chmod", "644", maps.toString());
      dovecot.configure("dict {\n  lastlogin = mysql:" + maps + "\n}\n");
    }
    dovecot.start();
    return new DovecotDictServer(dovecot);
  }

  /** Returns the socket that it listens on. */
  Path socket() {
    return dovecot.directory().resolve("run/dict");
  }

  /** Returns the only major version of the protocol that it speaks. */
  int major() {
    return dovecot.version().dictMajor();
  }

  /** Stops the server. */
  void stop() throws IOException, InterruptedException {
    dovecot.close();
    // The command to stop may return earlier; until the end the server cannot be restarted.
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.notExists(masterPid()));
  }

  /** Restarts the server. */
  void start() throws IOException, InterruptedException {
    dovecot.start();
  }

  /** Kills the processes that serve connections. */
  void killProcesses() throws IOException {
    String master = Files.readString(masterPid()).strip();
    for (ProcessHandle child :
        ProcessHandle.of(Long.parseLong(master)).orElseThrow().children().toList()) {
      if (Files.readString(Path.of("/proc/" + child.pid() + "/comm")).strip().equals("dict")) {
        child.destroyForcibly();
      }
    }
  }

  private Path masterPid() {
    return dovecot.directory().resolve("run/master.pid");
  }

  /** Returns Dovecot's log. */
  String log() throws IOException {
    return dovecot.log();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    dovecot.close();
  }
}
