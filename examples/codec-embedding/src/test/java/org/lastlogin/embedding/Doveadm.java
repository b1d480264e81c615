package org.lastlogin.embedding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs the real {@code doveadm} of Dovecot 2.3. Not thread-safe. */
final class Doveadm {
  private static final Path BINARY = Path.of("/usr/bin/doveadm");
  private static final Path DOVECOT = Path.of("/usr/sbin/dovecot");
  private static final String VERSION = "2.3.";
  private static final int TIMEOUT_SECONDS = 60;

  private final Path config;

  private Doveadm(Path config) {
    this.config = config;
  }

  /** Returns why doveadm cannot be used here, and what to do about it. */
  static Optional<String> missing() throws IOException, InterruptedException {
    String install =
        "; on Debian 12, as root: apt-get install --no-install-recommends dovecot-core";
    if (!Files.isExecutable(BINARY) || !Files.isExecutable(DOVECOT)) {
      return Optional.of("Dovecot is not installed" + install);
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("doveadm needs root: run these tests as root");
    }
    String version = run(DOVECOT.toString(), "--version");
    return version.startsWith(VERSION)
        ? Optional.empty()
        : Optional.of(
            "Needs Dovecot " + VERSION + "x, but the installed Dovecot is " + version + install);
  }

  /** Returns a doveadm with its configuration in a directory; it needs no running Dovecot. */
  static Doveadm in(Path directory) throws IOException {
    Path config = directory.resolve("dovecot.conf");
    Files.writeString(config, "base_dir = " + directory + "\nssl = no\n");
    return new Doveadm(config);
  }

  /** Returns the output of {@code doveadm dict get}. */
  String dictGet(Path socket, String key) throws IOException, InterruptedException {
    String dict = "proxy:" + socket + ":lastlogin";
    return run(BINARY.toString(), "-c", config.toString(), "dict", "get", dict, key);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    byte[] output = process.getInputStream().readAllBytes();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("Still running after " + TIMEOUT_SECONDS + " s: " + List.of(command));
    }
    return new String(output, StandardCharsets.UTF_8).strip();
  }
}
