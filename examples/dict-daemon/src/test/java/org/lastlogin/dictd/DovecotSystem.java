package org.lastlogin.dictd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lastlogin.dictd.Command.Result;
import org.lastlogin.jdbc.testing.DebianSystem;
import org.lastlogin.jdbc.testing.FullRun;

/**
 * A system that Dovecot is installed in: this host, or a Debian system in another root directory,
 * which an environment variable names. The host's temporary directory has the same path in all of
 * them, and they share its network.
 */
enum DovecotSystem {
  /** This host; Debian 12 has 2.3.19. */
  HOST("2.3"),

  /** Debian 11, which has 2.3.13. */
  BULLSEYE("2.3"),

  /** Debian 13, which has 2.4.1. */
  TRIXIE("2.4"),

  /** Debian unstable; it had 2.4.5 first. */
  SID("2.4");

  private static final List<String> NEEDED =
      List.of(
          "usr/sbin/dovecot",
          "usr/lib/dovecot/imap",
          "usr/lib/dovecot/pop3",
          "usr/lib/dovecot/lmtp",
          "usr/lib/dovecot/modules/dict/libdriver_mysql.so");

  private final String series;

  DovecotSystem(String series) {
    this.series = series;
  }

  /** Skips the test where its Dovecot cannot be used. */
  void assumeThere() throws IOException, InterruptedException {
    Optional<String> missing = missing();
    assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElseThrow());
  }

  /** Returns why its Dovecot cannot be used here, and what to do about it. */
  Optional<String> missing() throws IOException, InterruptedException {
    Optional<String> fullRun = this == HOST ? Optional.empty() : FullRun.missing();
    if (fullRun.isPresent()) {
      return fullRun;
    }
    Path root = this == HOST ? Path.of("/") : debian().root();
    for (String file : NEEDED) {
      if (!Files.exists(root.resolve(file))) {
        return Optional.of("There is no " + root.resolve(file) + remedy());
      }
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("Dovecot changes the user of its processes: run these tests as root");
    }
    DovecotVersion version = version();
    return version.series().equals(series)
        ? Optional.empty()
        : Optional.of("There is " + version + "; these tests need " + series + remedy());
  }

  private String remedy() {
    return this == HOST
        ? "; on Debian 12, as root: apt-get install --no-install-recommends dovecot-core"
            + " dovecot-imapd dovecot-pop3d dovecot-lmtpd dovecot-mysql"
        : debian().remedy(".ci/debian-dovecot " + lowerCase());
  }

  private DebianSystem debian() {
    return DebianSystem.named("LASTLOGIN_" + name());
  }

  /** Returns its name in file names. */
  String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the version of its Dovecot. */
  DovecotVersion version() throws IOException, InterruptedException {
    return DovecotVersion.parse(require("dovecot", "--version"));
  }

  /** Runs a program that must succeed, and returns its output. */
  String require(String... command) throws IOException, InterruptedException {
    return Command.require(inside(List.of(command)).toArray(String[]::new));
  }

  /** Runs a program to its end. */
  Result run(List<String> command) throws IOException, InterruptedException {
    return Command.run(inside(command));
  }

  private List<String> inside(List<String> command) {
    return this == HOST ? command : debian().inside(command);
  }
}
